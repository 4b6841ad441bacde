"""Phrases that put the fault on the customer, and words around them that take it off again."""

from bot.agent.phrases import lines


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


BLAME = lines("""
    you should|shouldnt have|of read|known|checked|done|followed|told|asked|contacted|noticed|\
        updated|looked|been|thought|made|taken
    you [have|ve] [simply|just|clearly|obviously|also|again|repeatedly] failed|forgot|forgotten|\
        neglected to
    you did|have not|nt .. read|follow|listen|understand
    you didnt|havent|didn read|follow|listen|understand|bother
    you clearly|obviously|apparently did|didnt|have|havent|do|dont
    you were|are|re [clearly|simply|just] wrong|mistaken|careless
    you [have|ve] [simply|just|probably] entered|typed|gave|given|used|chose|chosen|sent|clicked|\
        selected|provided|put|picked|filled|wrote|installed|uploaded [in] [the|a|an|your] wrong|\
        incorrect|incorrectly|wrongly|invalid
    you [have|ve] broke|broken|caused|damaged|ruined|messed|screwed
    you [have|ve] deleted|removed|did|changed|disabled|cancelled|canceled [it|this|that|\
        them] yourself
    you are|re|were [still] doing|using|reading|holding|entering [it|this|that|things] wrong|\
        wrongly|\
        incorrectly
    you did|do|made|have [done] [it|this|that|something|everything|a|an|the] wrong|wrongly|\
        incorrectly|mistake|error
    you must have .. wrong|wrongly|incorrectly|mistake
    your own|- fault|mistake|error
    its|thats|it|this|that|is|was|s [all|entirely|simply] your fault|mistake
    your fault
    user error
    because of you|your mistake|error|carelessness
    why did|didnt|havent you
    why did|do|have you not
    as i|we [have] already told|said|explained|mentioned|stated|wrote
    as i|we [have|ve] told|informed|instructed|warned you
    as i|we [have|ve] said|explained|stated|wrote [you|to|it|this] [you] before|repeatedly|\
        twice|already
    i|we [have|ve] already|repeatedly told|said|explained
    as already|previously stated|explained|mentioned|told|said
    if you had read|followed|listened|done
    had you read|followed|listened
    you are|re [entirely|solely|clearly|partly|the] [one|ones] to blame
    blame|fault|responsibility lies|is [entirely|solely] with you
    blame|fault is yours
    error|mistake|fault|problem|issue|cause is|was|lies|lay|s [clearly|entirely|probably] \
        on|at|with your end|side
    is|was|s a|an|your [simple|clear] mistake|error|fault|oversight on your end|side|part
    user|users|customer|customers|operator mistake|fault|error
    you must have .. deleted|removed|broken|misread|forgotten|overlooked|mistyped|\
        misconfigured|disabled|ignored|misunderstood
    you [have|ve] [simply|just|clearly|obviously|apparently|again] ignored|overlooked|disregarded|\
        neglected our|the|my|this|that|what|all|both|every|it
    you [have|ve] [simply|just|clearly|obviously|apparently|again] misconfigured|mistyped|misread|\
        misused|misspelled|mishandled|misunderstood|mismanaged

    sie hatten .. mussen|sollen|konnen
    ihr|dein eigener|eigenes fehler|verschulden|versehen
    das|dies|es ist|war|liegt [allein|einfach|leider] ihr|dein fehler|verschulden
    ihre|deine [eigene] schuld
    selbst schuld
    sie haben [das|es|etwas|den|die|eine|einen|einfach] falsch|falsche|falschen|falsches
    sie haben [es] [einfach|leider|wohl] versaumt|verursacht|vergessen zu|die|das|den
    sie machen|benutzen|bedienen [das|es|etwas] falsch
    liegt [nur|allein] an ihnen
    warum haben sie .. nicht
    wie [ich|wir] bereits|schon gesagt|erwahnt|erklart|mitgeteilt|geschrieben
    wie [ich|wir] ihnen [bereits|schon] gesagt|erklart|mitgeteilt|geschrieben
    ich|wir habe|haben [es] ihnen [doch] bereits|schon gesagt|erklart|mitgeteilt|geschrieben
    sie haben .. nicht gelesen|befolgt|beachtet
    sie sind [selbst|allein|daran|dafur] [daran|dafur|selbst] schuld
    fehler|problem|ursache liegt|lag [allein|klar|eindeutig] bei|an ihnen
    fehler|problem|ursache liegt|lag|ist|war [allein|klar|eindeutig] auf|an ihrer seite
    fehler ihrerseits
    fehler auf|von ihrer seite
    bedienfehler|bedienungsfehler|anwenderfehler|benutzerfehler
    sie mussen es|das|ihn|sie [wohl|selbst|versehentlich] geloscht|entfernt|verstellt|geandert haben
    sie haben .. ignoriert|missachtet|ubersehen
    sie haben .. falsch eingestellt|konfiguriert|eingerichtet|ausgefullt|eingegeben|verstanden

    usted|ud deberia haber
    deberia|debio haber leido|seguido|revisado|hecho
    es culpa suya
    culpa es suya|tuya|vuestra
    su|tu [propia] culpa
    usted|ud se equivoco|confundio
    usted|ud [lo] [ha] rompio|roto|causo|causado
    ha|introdujo|escribio|ingreso|puso|uso [introducido|escrito|usado|hecho] mal
    como ya le dije|dijimos|expliqué|explicamos|indique|indicamos
    como le dije|dijimos [ya|antes] [antes]
    ya le [he|hemos] dije|dijimos|dicho|explique|explicado
    por que no leyo|siguio|miro|hizo
    no ha leido
    usted tiene la culpa
    error|fallo|problema es|fue|esta|era suyo|tuyo|culpa
    error|fallo|problema es|fue|esta|era [un] [error] de|por su|tu parte|lado
    error|fallo suyo|tuyo
    error|fallo del|de usuario
    usted|ud [ha] ignoro|ignorado
    usted|ud [ha] configuro|configurado mal
    debe|debio [de] haberlo|haberla|haber borrado|eliminado|cambiado

    vous auriez du
    votre [propre] faute
    vous vous etes|êtes trompe|trompee
    vous avez [fait] [une] erreur|casse|provoque
    vous avez mal fait|saisi|compris|utilise|entre|lu
    vous avez [simplement] oublie|neglige de
    comme [je|nous] vous .. deja dit|explique|indique
    comme je|nous vous [l] ai|avons [deja] dit|explique|indique
    comme deja dit|indique|explique|mentionne
    vous navez pas lu|suivi
    pourquoi navez|avez vous [pas|ne]
    vous etes [seul|seule] fautif|fautive|coupable
    erreur|probleme|faute vient|est|etait de|chez|du vous
    erreur|probleme|faute vient|est|etait de votre cote|part
    erreur|faute de votre part|cote
    erreur de l utilisateur
    erreur utilisateur
    vous avez du [l|le|la|les] supprimer|effacer|modifier|desactiver
    vous avez ignore|meconnu
    vous avez mal configure|regle|parametre|rempli

    voce|o deveria ter
    sua|tua culpa
    culpa e [sua] sua|tua|vossa
    erro e|foi seu|teu
    voce [mesmo] errou|quebrou|estragou|causou
    voce digitou|inseriu|usou|escolheu|fez [o|a] errado|errada|incorretamente
    como [eu] [lhe] ja disse|dissemos|expliquei|explicamos|informamos
    como [eu] lhe disse|dissemos|expliquei
    por que nao leu|seguiu|verificou
    nao leu as instrucoes
    voce|o tem|e [o|a] culpa|culpado|culpada
    erro|problema|falha e|foi|esta|era do|de|da seu|sua lado|parte
    erro|falha da sua parte
    erro do|de usuario|utilizador
    voce deve|devia ter apagado|excluido|eliminado|removido|alterado
    voce ignorou
    voce configurou .. mal|errado|errada|incorretamente

    avrebbe|avreste|dovrebbe dovuto|aver leggere|letto|controllare|controllato|seguire|seguito|fare
    colpa [e] sua|tua|vostra
    sua|tua|vostra colpa
    lei|hai|avete [ha] sbagliato
    ha|hai inserito|digitato|scelto|usato [il|la|un|una] sbagliato|sbagliata|errato|errata
    come [le|ti|vi] [ho|abbiamo] gia detto|spiegato|scritto|indicato
    come le|ti|vi ho|abbiamo [gia] detto|spiegato|scritto
    perche non ha|hai letto|seguito|controllato
    errore|problema e|era|sta dalla|dal sua|suo|vostra|vostro parte|lato
    errore suo|tuo|vostro
    errore da parte sua|tua|vostra
    errore dell|di utente
    lei|deve|devi averlo|averla|aver cancellato|eliminato|rimosso|modificato
    lei|ha|hai|avete [ha] ignorato
    ha|hai|avete configurato .. male

    u|je had|hadden [het|de|dit|dat] [eerst|beter] moeten
    had|hadden u|je [het|de|beter] [eerst] moeten
    uw|jouw eigen schuld|fout
    uw|jouw schuld
    dat|het|dit is|was uw|jouw fout
    u|je hebt|heeft [het|de|een|iets] verkeerd|verkeerde|fout|kapotgemaakt|veroorzaakt
    u|je doet [het|dit|iets] verkeerd|fout
    zoals [ik|wij|we] al|eerder [heb|hebben|eerder] gezegd|vermeld|uitgelegd|geschreven|zei|zeiden
    zoals ik|wij|we [u|je] al|eerder [heb|hebben] gezegd|vermeld|uitgelegd|geschreven|zei|zeiden
    waarom heeft|hebt|heb u|je .. niet
    u|je bent [zelf] schuldig
    fout|probleem|oorzaak ligt|lag|zit|is bij|aan u|jou|uw|jouw
    fout van|aan uw|jouw kant
    gebruikersfout|gebruikersfouten|bedieningsfout
    u|je moet het|dit|deze|die .. verwijderd|gewist|gewijzigd hebben
    u|je hebt|heeft .. genegeerd
    u|je hebt|heeft .. verkeerd ingesteld|geconfigureerd|ingevuld|ingevoerd
""")

# What may have happened is nobody's fault yet, and what is denied is none.
PERHAPS = _words(
    """
    if whether when whenever once unless case may might maybe perhaps possibly could suppose
    wenn falls ob sobald vielleicht eventuell sollten si cuando quizas quiza vez acaso quand peut
    lorsque se quando talvez caso qualora forse als indien wanneer misschien mogelijk
    """
)
DENIED = _words(
    """
    not isnt wasnt arent never nt no nothing without nicht keine kein keinesfalls nie ne pas jamais
    nunca nao non mai niet geen nooit dont doesnt didnt hardly
    """
)
