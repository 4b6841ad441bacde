"""Words of those who want a person."""

from bot.agent.phrases import lines

# Whoever writes hardly more than one of these calls for somebody.
CALLS = frozenset([
    "human", "humans", "person", "people", "agent", "operator", "representative", "rep",
    "somebody", "someone", "mensch", "mitarbeiter", "mitarbeiterin", "berater", "humano", "humana",
    "persona", "agente", "operador", "humain", "personne", "conseiller", "pessoa", "atendente",
    "operatore", "umano", "medewerker", "mens",
])  # fmt: skip
HUMAN_WANTED = lines("""
    speak*|talk*|chat*|contact*|reach*|call*|ring|phone|direct [me] [to|with] [a|an|the|your|any|\
        some] [real|live|actual|human|damn|bloody|fucking|goddamn|other] human*|person|agent*|\
        operator*|assistant*|assistance|somebody|someone|representative*|rep|advisor*|adviser*|\
        specialist*|colleague*|manager*|supervisor*
    speak*|talk*|chat*|contact*|reach*|call* [to|with|the|your] [a|damn|bloody|fucking|goddamn] \
        customer|client service|support|assistance|care
    hours|time customer|client service|support|assistance|care [is]
    speak|talk|chat|connect*|transfer*|put|pass|get|escalat* [me] [this] [us] [directly] to|with|\
        through [a|an] [to] [real|live|actual|human|proper] human*|person|agent|representative|\
        rep|manager|supervisor|operator|someone|somebody|people|staff|advisor|adviser|specialist|\
        colleague|associate
    real|actual|live|human|proper|flesh person|human|agent|being|people|representative|support|\
        operator|reply|answer|response|contact|and
    actual|real human|person
    human|humans please|now|only|being|being
    want|need|like|prefer|demand|require [to] [speak|talk|have|see|an|a] [to|with|a] human|person|\
        manager|supervisor|representative|agent|operator
    need|want someone|somebody [from] [to|who] .. call|phone|ring|look|contact|help|understand*
    call|phone|ring me|us [back]
    give|giving me|us a call
    call back|callback
    not|no|stop|hate|tired|another|fed|enough [more] [up] [with] [a|an|the|your|sending] [me] \
        bot*|robot*|chatbot*|ai|automated|machine|canned
    dont want|need [a|an|another] [to] [talk|speak] [to|with] [a|an|the|your] bot*|robot*|\
        chatbot*|ai|automated|machine|canned
    is|are there|this|you a|an|any real|human|person|actual|bot
    anyone|anybody|someone real|human|there|alive
    customer service agent|representative|rep|person|phone
    phone support
    speak*|talk*|contact*|call|reach|touch [to|with|in] customer|client service|support|\
        assistance|care|relations
    file|filing|lodge|lodging|make|making|submit a|my|an|formal [formal|official|consumer|\
        customer] complaint|complaints|claim|reclamation
    account manager
    speak|talk to|with your manager|boss|supervisor|superior
    get|give|find|send|fetch me|us someone|somebody|anyone|anybody
    get|let|have|make .. person|human|someone|somebody|colleague|colleagues look|check|read|\
        handle|deal|take|review|answer
    not|rather|stop|done|finished|sick|tired [be] [not] [to] talk*|speak*|discuss*|chat*|deal*|\
        writ*|explain* [this] [it] [to|with] [a|the|your] machine*|software|computer*|program*|\
        bot*|robot*|ai|algorithm*
    to|with a|your machine|bot|robot|computer|algorithm
    stop|no|enough|end [with|sending] [me] [the|these|those|your|more] automat*|canned|scripted|\
        copy|standard [repl*|answer*|response*|message*]
    automatic|automated|canned|scripted repl*|answer*|response*|message*
    put|connect|transfer|pass|patch|hand|send|forward|escalat*|refer|hand|give [me|us|this|it|\
        my] [case|ticket|request|issue|question|over|on|through|to|with] [to|with|over|through] \
        [a|an|the|your|one] [of] [your] [customer|support|client|technical|billing] employee*|\
        colleague*|staff|supervisor*|manager*|service|support|team|desk|specialist*|human*|\
        person|people|agent*|department
    could|can|would|will|please|may|might [please] someone|somebody|anyone|anybody|one [of|from] \
        [your|the] [team|staff|colleagues|people|office|company|department|side] [please] take|\
        call|ring|phone|look|contact|handle|deal|step|reach
    phone|telephone call with|from
    living|human soul|being
    who|whom can|do|could|should i|we complain|escalat*|talk|speak|turn|call|contact
    complain|complaint to|about|against how|who|your|the|this|you|someone|somebody
    a human|person [please]
    number|line [that] [i|we] can|could call|ring|phone
    who|anyone|anybody|someone|somebody else is|at|in|from there|your
    person|people|manager|supervisor|boss in charge
    ur|your supervisor|superior
    your [line|team|support] manager|lead|leader|head
    talk|speak to|with|2 [ur|your] boss
    member|someone|somebody|one|people of|from|in [your|the] staff|management|team|\
        technicians|engineers|specialists|agents|employees|leadership
    callback|call|ring [back] from
    giv*|get* me|us [a|on] [quick|short] ring|call|bell|line
    someone|somebody|anyone|anybody|person|human|agent [on|at] [the|a] line|phone|telephone
    hold of someone|somebody|anyone|anybody|a
    get|want|need|have|see [a|an] [live|real|human|senior] agent on|to|please|pls
    senior|live|human agent*
    humans working
    route|assign this|my|the [ticket|case|request|issue] to
    file|lodge|raise a|an grievance|complaint
    reviewed|handled|read|seen|answered|looked by|at [by] [a|an|your|some] member|human|person|\
        manager|someone|somebody|people|staff|employee
    please|pls escalat*
    escalat* please|pls|this|it|my|now
    jemand* .. zuruckruf*|zuruck|anruf*|melden|anseh*|ansieht|kummer*|ubernehm*
    beschwer* .. vorgesetzt*|chef*|leitung|geschaftsfuhr*
    ihr*|deinem .. vorgesetzte*|chef
    offiziell|formell|formlich beschwer*|beschwerde
    jemandem|jemanden|menschen reden|sprechen
    wer .. zustandig
    kein*|nicht bot|roboter|maschine|computer
    richtige*|echte*|menschliche* ansprechpartner*|sachbearbeiter*
    einen|einem|ihre|ihren|eine|an [ihrer|den|die] kolleg*|mitarbeiter*|mensch*|person weiter*|\
        ubergeben|ubernehm*|geben
    leiten|geben|reichen .. kolleg*|mitarbeiter*|mensch*|abteilung|team|weiter
    verbinden|verbinde|stellen sie mich .. kundendienst|support|service|mitarbeiter*|jemand*|durch
    verbinden|verbinde|stellen .. kundendienst|support|service|mitarbeiter*|jemand*|durch
    automatisch*|maschinell* antwort*|nachricht*|mail*
    keine|nicht|ohne [mit] [einem|einer|der] maschine*|roboter|bot|automat*
    schluss|genug|aufhoren mit
    beschwerde* .. einreich*|einleg*|erheb*
    llam* .. telefono|alguien|persona
    me|nos puede|puedan|podria|pueden llamar|telefonear
    pas*|pong*|comuni*|deriv*|transfier* [me|nos|con] [con|a] [un|una|el|la|su] supervisor*|\
        atencion|agente|persona|humano|encargado*|responsable*|companero*|jefe*|departamento
    poner|presentar|interponer|hacer una queja|reclamacion|reclamo|denuncia
    atender* me|nos .. persona|alguien
    atenderme|contacte|contacten|llame|atienda* [me] [una|un|alguien] persona|alguien|asesor*|\
        agente|humano|responsable
    no .. hablar|tratar .. robot*|bot|maquina*|ordenador
    robot*|maquina* no
    hay alguien
    respuestas|mensajes automatic*
    quelqu*|personne .. rappel*|appel*|telephon*|repond*
    quelqu un
    rappel* me|moi|nous
    deposer|faire|porter une|plainte reclamation|plainte
    pass*|mett*|transfer* moi|me|nous .. service|conseiller*|responsable*|support|collegue*|\
        superieur*|personne
    reponses automatique*
    pas|plus .. robot*|machine*
    superviseur*|superieur*
    richiam* qualcuno|mi|ci
    mi|ci puo|potete|potrebbe .. richiam*|chiam*
    richiamat* da
    parlare con .. responsabile|operatore|persona|qualcuno
    qualcuno .. richiam*|chiam*|vero
    reclamo formale
    iemand .. terugbel*|bel*|spreken|helpen
    terugbel*
    klacht indienen
    alguem .. ligar|telefonar|ligue
    me ligar|ligue|ligarem
    fazer|registrar|apresentar uma reclamacao|queixa
    mitarbeiter*|menschen|ansprechpartner* .. sprechen|reden|verbinden|kontakt*
    echten|richtigen|einem|einen menschen|mensch|mitarbeiter*|person|berater
    ruf*|rufen mich|uns|sie .. an|zuruck
    ruckruf*
    hablar con [un|una|el|alguien] [agente|humano|persona|humana|responsable|real|operador|\
        encargado|alguien]
    persona real|humana|de
    agente humano|real
    llamenme|llameme
    parler a|avec|au [un|une|quelqu] [humain|conseiller|agent|personne|responsable|un]
    un|une humain|vraie|vrai|conseiller
    rappelez moi|nous
    falar com|c [um|uma] [atendente|humano|pessoa|gerente|alguem|responsavel]
    atendente|pessoa humano|real|humana
    parlare con [un|una] [operatore|persona|umano]
    medewerker spreken
    echt persoon|mens
""")
