"""Phrases that promise: an outcome nobody can answer for, or a deed of ours beside a time.

What an article says in the same sentence is no promise of the writer's, and is told apart there.
"""

from bot.agent.phrases import lines

OUTCOME = lines("""
    i|we guarantee|guaranteed
    guarantee you|that
    i|we [can] promise
    will definitely|certainly|surely|absolutely .. be fixed|solved|resolved|refunded|back|work
    will never happen again
    wont happen again
    never happen again
    rest assured
    you have my|our word
    100 guaranteed
    you will|ll definitely|certainly|surely|absolutely be able
    it|this|that will|ll definitely|certainly|surely|absolutely|always work|help|fix|solve|resolve
    sie werden .. definitiv|garantiert|sicher|bestimmt .. konnen
    podra .. sin duda|falta
    vous pourrez certainement|assurement
    wir|ich garantieren|garantiere|verspreche|versprechen
    wird|kommt nie|nicht wieder|mehr vor|vorkommen|passieren
    garantizamos|garantizo|prometemos|prometo
    no volvera a ocurrir|suceder|pasar
    nous|je [vous] garantissons|garantis|promettons|promets
    cela ne se reproduira plus|pas|jamais
    garantimos|garanto|prometemos
    nao voltara a acontecer
    nao vai acontecer novamente|mais
    garantiamo|garantisco|promettiamo|prometto
    non accadra|succedera|capitera|ricapitera [mai] piu
    wij|we|ik garanderen|garandeer|beloven|beloof
    zal|gaat nooit|niet meer|opnieuw|weer gebeuren|voorkomen
""")

# Money, or what stands for it: promised by nobody but whoever approved it.
GRANTS = lines("""
    i|we|they|team will|ll|shall|gonna [be] [also|now|then|gladly|happily|fully|of|certainly|\
        definitely|immediately|today] [course] refund*|reimburs*|compensat*|credit|crediting|waive|\
        waiving|restore|restoring|discount|repay|repaying
    i|we am|m|are|re going|happy|glad|able to refund|reimburse|compensate|credit|waive|repay|\
        restore your
    im|were going to refund|reimburse|compensate|credit|waive|repay
    ill|well refund|reimburse|compensate|credit|waive you|your|it|that|this|the
    i|we am|m|are|re [now] refunding|reimbursing|compensating|crediting|waiving
    i|we|they will|ll|shall|can|am|m|are|re [happy|glad|able|going|gladly|happily] [to] give|grant|\
        offer|apply|issue|arrange|provide .. \
        refund|discount|credit|compensation|reimbursement|voucher|coupon|month|upgrade|replacement
    i|we have|ve [already|just] approved|granted|issued|initiated|processed|arranged [a|the|your] \
        [full|partial] refund|credit|discount|compensation|reimbursement|replacement|claim
    you will|ll|shall|should [definitely|soon|then|also] get|receive|have|be [given] [your|a|an|\
        the|\
        some] [full|partial|complete] money|refund|reimbursement|compensation|discount|credit
    youll get|receive [your|a|the] [full|partial] money|refund|reimbursement|discount|credit
    you will|ll be|get [fully|partially|also] refunded|compensated|reimbursed|credited
    will|ll be|get [fully|partially|also] refunded|compensated|reimbursed|waived|repaid
    your|the [full|partial] refund|credit|compensation|reimbursement|discount|claim|return has|\
        have \
        [already|just|now|been] [been] approved|granted|issued|accepted|confirmed|processed|\
        initiated
    your [full|partial] refund|credit|compensation|reimbursement|discount|claim|money is|was|will|\
        ll \
        [be] [now|already] approved|granted|issued|accepted|confirmed|processed|initiated|arrive|\
        coming|on|back|sent|paid|returned
    you will|ll not|never be charged|billed again|anymore|twice|further|any
    you wont|wouldnt be charged|billed again|anymore|twice|further|any

    sie bekommen|erhalten [das|ihr|ihren|den] [ganzes|volles] geld|betrag|geldbetrag [vollstandig] \
        zuruck
    sie bekommen|erhalten [von] [uns] eine|ihre|einen|ihren [volle|vollen|komplette] erstattung|\
        ruckerstattung|gutschrift|rabatt|nachlass|entschadigung|ersatz
    wir|ich erstatte|erstatten ihnen|ihre|ihren|dir|das|den|die|alles
    erstatte|erstatten wir|ich ihnen|ihre|ihren|dir|das|den|die
    wir|ich werde|werden|konnen .. erstatten|gutschreiben|zuruckzahlen|uberweisen|entschadigen|\
        erlassen
    wird|werden [ihnen|dir] .. erstattet|gutgeschrieben|zuruckerstattet|zuruckgezahlt|erlassen
    wir|ich gebe|geben|gewahre|gewahren|schenke|schenken ihnen|dir [einen|eine|den] [volle|vollen] \
        rabatt|nachlass|gutschrift|gutschein|erstattung|monat
    wir|ich schreibe|schreiben ihnen .. gut
    wir|ich zahle|zahlen ihnen .. zuruck
    ihre erstattung|ruckerstattung|gutschrift|reklamation wurde|ist|wird|kommt|trifft
    sie werden nicht|nie [noch] erneut|wieder|mehr|nochmals|einmal belastet

    le|les|te|os reembols*|devolver*|devolvemos|abonar*|abonamos|compensar*|indemniz*|bonific*
    vamos|voy a reembolsar*|devolver*|abonar*|compensar*|bonificar*
    reembolsaremos|devolveremos|abonaremos|compensaremos|bonificaremos
    recibira|obtendra|tendra [usted] [el|su|un|una] reembolso|dinero|devolucion|descuento|abono
    su|tu reembolso|devolucion|abono|reclamacion ha|fue|esta|sera|llegara
    le|les|te haremos|aplicaremos|daremos|ofreceremos .. descuento|abono|vale|cupon
    no se le volvera|cobrara a|de|mas|nuevamente|otra

    vous serez [integralement|entierement] rembours*|dedommag*|indemnis*|credit*
    nous|je vous|le|la|les rembours*|dedommag*|indemnis*|recrediter*
    nous|je allons|vais|pouvons [vous] rembours*|dedommag*|indemnis*|crediter*
    vous recevrez|obtiendrez|aurez [un|le|votre|une] remboursement|avoir|remise|argent|compensation
    votre remboursement|avoir|remise a|est|sera|arrivera
    vous ne serez plus|pas debite*|facture*|preleve*

    sera|serao [totalmente] reembols*|devolvid*|estornad*|ressarcid*
    vamos|iremos|vou|podemos [lhe] reembolsar*|devolver*|estornar*|creditar*|compensar*|ressarcir*
    reembolsaremos|devolveremos|estornaremos|ressarciremos
    recebera|tera|vai [receber] [o|um|seu|uma] reembolso|estorno|dinheiro|desconto|credito
    seu|teu reembolso|estorno|credito foi|esta|sera|chegara
    nao sera|serao cobrad* novamente|mais

    rimborseremo|accrediteremo|risarciremo
    rimborsero|accreditero|risarciro
    le|la|ti|vi rimbors*|accredit*|risarci*
    sara [interamente|completamente] rimborsat*|accreditat*|risarcit*
    ricevera|avra|otterra [il|un|suo] [suo] rimborso|denaro|sconto|accredito|risarcimento
    il|suo [suo] rimborso e|sara|arrivera stato|approvato|accettato|emesso|elaborato
    non le sara|verra addebitat*

    wij|we|ik zullen|zal|gaan|ga [u|je|het|dit|dat] [het|de|uw|je] [bedrag|geld|kosten|betaling|\
        aankoop] [volledig] terugbetalen|vergoeden|terugstorten|crediteren|kwijtschelden
    wij|we|ik betalen|betaal|storten|stort [u|je] [het|uw|de] [bedrag|geld] terug
    wij|we|ik vergoeden|vergoed [u|je|het|de|uw]
    u|je ontvangt|krijgt|krijg [uw|je|een|het] [volledige] geld|terugbetaling|korting|vergoeding|\
        tegoed|bedrag
    uw|je terugbetaling|vergoeding is|werd|wordt|komt
""")

# Somebody of ours will do something: beside a time it is a promise.
COMMITS = lines("""
    i|we|they will|shall|ll|can|expect|aim|intend|hope|plan
    i|we|they am|m|are|re going|working|sending|getting|looking|back|calling|fixing|writing
    ill|well|youll|theyll get|send|look|write|reply|answer|call|check|fix|have|hear|be|let|try|do|\
        refund|update|contact|receive|see|investigate|know
    i|we call|phone|ring|answer|update|send|pay you|them|her|him|back
    i|we get|come|report|write back|again
    i|we let you know
    you will|ll|can|should hear|get|have|receive|see|expect
    expect a|an|our|my|to [new] reply|answer|update|hear
    you can|may|could count|rely|depend on
    i|we|they should|hope|want|expect|plan|aim [to] have|be|know
    team|engineer|engineers|developers|colleague|colleagues|someone|somebody|specialist|manager|\
        person|department|support|staff|expert|technician will|ll|shall|is|are|can|should|aims|aim|\
        plans|plan|hopes|hope|expects|expect

    ich|wir werde|werden|melde|melden|schicke|schicken|antworte|antworten|gebe|geben|prufe|prufen|\
        kummere|kummern|sende|senden|erstatte|erstatten|schaue|schauen|rufe|rufen|losen|beheben|\
        bearbeiten|liefern|planen|versuchen|versuche
    melde|melden|antworte|schicke|kummere|prufe|prufen|schauen|schaue|erstatten|antworten|beheben|\
        rufe|rufen|werde|werden ich|wir|mich|uns
    sie erhalten|horen|bekommen
    sie haben .. .. antwort|losung|geld|ruckmeldung|bescheid|ergebnis
    bekommen|erhalten|horen sie
    team|kollege|kollegin|kollegen|techniker|entwickler|jemand wird|werden|meldet|melden|kummert|\
        antwortet|ruft|pruft

    le|les|te responder*|escribir*|avisar*|informar*|enviar*|contactar*|dar*|tendr*|llamar*|\
        reembolsar*|devolver*
    recibira|recibiran|tendra|tendremos|volveremos|responderemos|estara|estaran|llegara|\
        solucionaremos|\
        resolveremos|revisaremos|enviaremos|quedara
    vamos|voy|va|van a

    nous|je vous|allons|vais|reviendr*|repondr*|enverr*|serons|regard*|verifi*|traiter*|contacter*|\
        corriger*|resoudr*|ferons|ferai
    vous recevrez|aurez|serez
    equipe|collegue|collegues|technicien|quelquun va|vont|vous

    vamos|vou|iremos|responder*|entrar*|enviar*|avisar*|voltar*
    recebera|tera|estara|estarao|chegara|resolveremos|responderemos|enviaremos
    equipe|equipa|colega|tecnico|alguem vai|ira|entrara|respondera

    risponderemo|faremo|invieremo|inviero|contatteremo|ricontatteremo|controlleremo|\
        verificheremo|risolveremo|aggiorneremo|scriveremo|daremo|sapremo|ricevera|riceverete|avra|\
        avrete
    rispondero|faro|contattero|verifichero|aggiornero|scrivero|richiamero|richiameremo
    le|la|ti|vi risponder*|invier*|contatter*|ricontatter*|far*|scriver*|aggiorner*|rimborser*
    stiamo|sto lavorando|controllando|verificando
    team|collega|colleghi|tecnico|qualcuno la|le|ti|vi|rispondera|contattera|verifichera

    wij|we|ik zal|zullen|ga|gaan|nemen|neem|sturen|stuur|laten|laat|komen|kom|reageren|reageer|\
        antwoorden|bellen|bel|kijken|kijk|proberen|verwachten|lossen|betalen|hopen
    nemen|neem|sturen|stuur|laten|laat|komen|kom|reageren|bellen|kijken|lossen we|wij|ik
    u|je ontvangt|krijgt|hoort|krijg|ontvang|hoor
    team|collega|collegas|medewerker|monteur|iemand zal|neemt|gaat|belt|stuurt|reageert
""")

# A thing will come about, and somebody of ours has to see to it.
COMES = lines("""
    will|ll|shall|should|gonna [also|then|soon|probably|likely] be [fully|all|up] [and] fixed|\
        solved|\
        resolved|ready|back|done|sorted|live|available|working|restored|deployed|released|shipped|\
        refunded|credited|processed|answered|contacted|sent|delivered|completed|repaired|reviewed|\
        finished|paid|replaced|running|corrected|with
    will|ll|shall|should [also|then|probably|likely] arrive|deploy|fix|ship|reach|contact|call|\
        reply|\
        respond|answer|investigate|get|come|land|follow|hear|happen
    going to arrive|deploy|fix|ship|release|contact|call|reply|respond|answer|investigate|be
    is|are expected|due|scheduled|planned
    fix|patch|refund|replacement|answer|reply|order|package|parcel|release|hotfix|solution \
        [is|are] [already|now] comes|coming|arrives|arriving|lands|landing|ships|shipping|follows
    fix|patch|release|hotfix|solution goes|is [going] out|live
    back to normal
    back up|online
    solution|losung|korrektur|update|antwort kommt|folgt|erscheint
    wieder|alles normal|online
    correccion|solucion|respuesta|parche llega|sale|viene
    correctif|solution|reponse arrive|sort|suit|parait
    correcao|solucao|resposta chega|sai|vem
    correzione|soluzione|risposta arriva|esce
    oplossing|correctie|antwoord komt|verschijnt|volgt
    wird|werden .. .. behoben|gelost|erledigt|geliefert|versendet|verschickt|gutgeschrieben|\
        erstattet|\
        uberwiesen|repariert|fertig|wiederhergestellt|bereitgestellt|beantwortet|gepruft|\
        bearbeitet|\
        ankommen|eintreffen|antworten|melden|verfugbar|funktionieren|laufen|kontaktieren|kommen
    ist|sind .. .. behoben|gelost|erledigt|fertig|verfugbar|repariert
    sera|seran resuelt*|solucionad*|corregid*|enviad*|reembolsad*|atendid*|reparad*|contactad*
    se solucionar*|resolver*|arreglar*|corregir*|enviar*|pondr*
    sera|seront corrige*|resolu*|repare*|envoye*|livre*|rembourse*|traite*|disponible*|pret*
    arrivera|arriveront|recevrez
    sera|serao resolvid*|corrigid*|enviad*|entregue*|reembolsad*|reparad*|atendid*|estornad*
    sara|saranno risolt*|corrett*|inviat*|spedit*|rimborsat*|pront*|disponibil*|riparat*|\
        ricontattat*
    arrivera|arriveranno
    wordt|worden|is|zal|zullen .. .. opgelost|hersteld|verholpen|verzonden|geleverd|terugbetaald|\
        beantwoord|gerepareerd|klaar|beschikbaar|verwerkt|bezorgd
""")

# At the head of a sentence these leave out who does it.
CURT = lines("""
    done|fixed|solved|sorted|resolved|ready|finished|live|repaired by|until|before|within|in|on|\
        tomorrow|today|tonight|soon|shortly|next
    erledigt|behoben|gelost|fertig bis|morgen|heute|am|in|nachste|bald
    resuelto|listo|solucionado|arreglado|resolvido|pronto|feito antes|en|em|para|hoy|manana|ate|\
        hoje|amanha|el
    regle|resolu|corrige|pret|repare avant|dici|d|demain|aujourdhui|dans|sous|lundi|vendredi
    risolto|pronto|fatto entro|domani|oggi|tra|fra
    opgelost|klaar|hersteld voor|morgen|vandaag|binnen|uiterlijk|om
""")
