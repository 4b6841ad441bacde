"""Phrases that tell as a fact what only a record can bear: money given, data that is safe."""

from bot.agent.phrases import lines

# Money, or what stands for it; whether it was given, only an approved act can tell.
DONE = lines("""
    i|we|they have|ve [already|just|now|also|fully|gladly|therefore] refunded|reimbursed|\
        compensated|credited|waived|repaid
    i|we|they have|ve [already|just|now|also] [applied|added|given|granted|sent|paid] \
        applied|added|given|granted|sent|paid [you|back] [a|an|the|your|one] [full|free|partial|\
        account] refund|credit|discount|compensation|reimbursement|voucher|coupon|month|money
    i|we have|ve [already|just|now] paid|sent|given you [a|the|your|one] [full|free] refund|money|\
        credit|discount|month
    a|the|your [full|partial|account|free] refund|credit|discount|compensation|reimbursement|\
        voucher has|have|s [already|just|now] been applied|added|refunded|\
        credited|waived|repaid|granted|issued|approved|paid
    a|the|your|this|that payment|fee|fees|charge|amount|cost|invoice has|have|s \
        [already|just|now|also] been refunded|credited|waived|repaid|reimbursed
    a|the|your [full|partial] refund|reimbursement|credit|payout|compensation has|have|is|went \
        [now|already|just] gone|through [through]
    you have|ve [already|now|just|also] been [fully|partially] refunded|reimbursed|compensated|\
        credited
    you [will|ll] get|receive|have a|one|two|three|another|your|this|the free|complimentary \
        month|months|year|upgrade|seat|licence|license|credit|credits
    next month is|s free|on [us]

    ich|wir habe|haben [es|ihnen|ihren|den|das|die|ihre|einen|eine] .. erstattet|ruckerstattet|\
        gutgeschrieben|zuruckgezahlt|erlassen
    gutschrift|erstattung|ruckerstattung|ruckzahlung ist|wurde|hat [bereits|schon] erfolgt|\
        gebucht|durchgefuhrt|veranlasst|raus
    sie bekommen|erhalten einen|ein kostenlosen|gratis|freien monat

    le|les|te|os|ya [lo|la] he|hemos|ha|han [ya] reembols*|devuelto|abonado|compensado|acreditado
    hemos|he reembols*|devuelto|abonado|acreditado
    reembolso|abono|devolucion se ha|han realizado|efectuado|aplicado|procesado
    tiene|recibe|obtiene un mes gratis|gratuito

    nous|je|vous [vous|l|le|la] avons|ai [deja|bien|integralement] rembours*|credit*|dedommag*
    avez|etes ete [integralement] rembours*|credit*|dedommag*
    remboursement a|est [bien|deja] ete|parti effectue|valide|traite|[emis]
    vous beneficiez|recevez|avez d|un mois gratuit|offert

    ja|lhe|o|nos [ja|lhe] reembolsamos|devolvemos|estornamos|creditamos
    reembolso|estorno|credito ja|foi [foi] realizado|efetuado|aplicado|processado|concluido
    voce ganha|recebe um mes gratis|gratuito

    abbiamo|ho [gia] [provveduto|effettuato] rimborsat*|accreditat*
    la|le|ti|vi abbiamo|ho [gia] rimborsat*|accreditat*
    rimborso|accredito e [gia] stato effettuato|applicato|eseguito
    riceve|ottiene un mese gratis|gratuito

    wij|we|ik hebben|heb [u|je|het|de|uw] .. terugbetaald|vergoed|teruggestort|gecrediteerd|\
        kwijtgescholden
    terugbetaling|tegoed|korting is|werd [al] uitgevoerd|toegepast|verwerkt|bijgeschreven
    u|je krijgt|ontvangt een gratis maand
""")

# What becomes of their data; how a function of the product treats it may be said with its "if".
KEPT = lines("""
    your|the|all|any [lost|deleted|missing] data|files|records|projects|messages|account|documents|\
        history|work|settings|rows will|ll [definitely|all|also] be [fully|completely|safely] \
        recovered|restored|retrieved|safe
    no|none [of] [your|the] data|files|records|messages|documents|work|rows will|ll be|get lost|\
        deleted|affected
    you wont lose any|your|data
    you will|ll not|never lose any|your|data
    you will|ll lose nothing
    nothing will|ll be lost
    ihre|alle|die daten|dateien werden [vollstandig|alle] wiederhergestellt|gerettet
    es|keine|ihre [gehen|werden] [keine] daten|dateien werden|gehen|gehen [nicht] verloren
    es gehen|werden keine daten verloren|geloscht
    sus|los datos|archivos seran recuperad*|restaurad*
    no se perdera|perderan|perderas ningun|los|sus|ninguno
    vos|les|toutes [vos|les] donnees|fichiers seront [toutes] recuper*|restaur*|retabl*
    aucune donnee ne sera perdue
    seus|os|todos dados|arquivos|ficheiros serao recuperad*|restaurad*
    nenhum|nenhuns dado|dados sera|serao perdid*
    suoi|tutti|i [i|suoi] dati|file saranno|verranno recuperat*|ripristinat*
    nessun dato andra|verra|sara pers*
    uw|je|alle gegevens|bestanden worden|zullen [allemaal|volledig] hersteld|teruggehaald
    er gaan|gaat geen gegevens verloren
""")
