"""Phrases that a text to a customer should not hold, and some that it should."""

from bot.agent.phrases import lines

# An apology that would fit any letter says that nobody has read theirs.
CANNED = lines("""
    sorry|apologies|apologise|apologize|apology|regret for|the any|the|this|caused inconvenience|\
        inconveniences
    sorry|apologies|apologise|apologize|apology .. inconvenience|inconveniences
    regret the|any|this inconvenience
    we value your feedback|business|patience
    your call|business|satisfaction is important
    your satisfaction is our priority
    we appreciate your patience
    unannehmlichkeiten
    wir|ich bedauern|bedaure die|jegliche|etwaige umstande|unannehmlichkeiten
    ihr anliegen ist uns wichtig
    molestias
    disculpe|disculpa|disculpen los|el inconvenientes|inconveniente
    lamentamos los|el inconvenientes|inconveniente
    gene occasionnee
    desagrement|desagrements
    nous nous excusons pour la gene
    transtorno|transtornos|incomodo
    lamentamos|desculpe|desculpas .. inconveniente|inconvenientes
""")

BLAME = lines("""
    you should|shouldnt have|of read|known|checked|done|followed|told|asked|contacted|noticed|\
        updated|looked|been|thought|made|taken
    you failed|forgot|neglected to
    you did|have not|nt .. read|follow|listen|understand
    you didnt|havent|didn read|follow|listen|understand|bother
    you clearly|obviously|apparently did|didnt|have|havent|do|dont
    you were|are wrong|mistaken|careless
    you must have .. wrong|wrongly|incorrectly|mistake
    your own|- fault|mistake|error
    its|thats|it|this|that is|was .. your fault|mistake
    your fault
    user error
    as i|we [have] already told|said|explained|mentioned|stated|wrote
    as already|previously stated|explained|mentioned|told|said
    if you had read|followed|listened|done
    had you read|followed|listened
    sie hatten .. mussen|sollen|konnen
    ihr eigener|eigenes fehler|verschulden|versehen
    ihre eigene schuld
    wie [ich|wir] bereits|schon gesagt|erwahnt|erklart|mitgeteilt|geschrieben
    sie haben .. nicht gelesen|befolgt|beachtet
    usted|ud deberia haber
    deberia|debio haber leido|seguido|revisado|hecho
    es culpa suya
    su culpa
    como ya le dije|dijimos|expliqué|explicamos|indique|indicamos
    no ha leido
    vous auriez du
    votre faute
    de votre faute
    comme [je|nous] vous .. deja dit|explique|indique
    comme deja dit|indique|explique|mentionne
    vous navez pas lu|suivi
    voce|o deveria ter
    sua culpa
    como ja disse|dissemos|expliquei|explicamos|informamos
    nao leu as instrucoes
""")

# Words of the trade; whoever used one first is answered in it.
JARGON = lines("""
    repro|rca|sla|slas|payload|backend|frontend|regression|hotfix|nullpointer|nullpointerexception
    stack trace
    stacktrace
    null pointer
    race condition
    cron job
    cronjob|middleware|idempotent|idempotency|mutex|deadlock|throttled|throttling|ratelimit*
    rate limit|limited|limiting
    deprecated|deprecation|endpoint|endpoints|kubernetes|pod|pods|microservice*|refactor*
    http|error 4xx|5xx
    triaged|triage|backlog|sprint|jira|standup|oncall|eod|eta|wip|fyi|tbd|asap|poc|cname|ttl|cidr
    tier|level 1|2|3|one|two|three support|agent|engineer
    l1|l2|l3
    pull|merge request
    edge case
    known issue ticket
    root cause analysis
    feature flag|flags|flagged
    cache invalidation
    provisioning|deprovisioning|reprovision*|whitelisting|blacklisted
""")

# An outcome is promised that nobody can answer for.
OUTCOME = lines("""
    i|we guarantee|guaranteed
    guarantee you|that
    i|we [can] promise
    will definitely|certainly|surely|absolutely .. be fixed|solved|resolved|refunded|back|work
    will never happen again
    wont happen again
    never happen again
    you will|ll [definitely] get your|a|the [full] money|refund back
    you will|ll be [fully] refunded|compensated|reimbursed
    we|i will|ll refund|compensate|reimburse you
    rest assured
    you have my|our word
    100 guaranteed
    wir|ich garantieren|garantiere|verspreche|versprechen
    wird|kommt nie|nicht wieder|mehr vor|vorkommen|passieren
    sie bekommen .. geld zuruck
    garantizamos|garantizo|prometemos|prometo
    no volvera a ocurrir|suceder|pasar
    le devolveremos el|su dinero
    nous|je [vous] garantissons|garantis|promettons|promets
    cela ne se reproduira plus|pas|jamais
    vous serez rembourse
    garantimos|garanto|prometemos
    nao voltara a acontecer
    nao vai acontecer novamente|mais
    sera reembolsado
""")

# Somebody of ours will do something: beside a time it is a promise.
COMMITS = lines("""
    i|we will|shall|ll|can|expect|aim|intend|hope|plan
    i|we am|are going|working|sending|getting|looking
    ill|well|youll
    you will|ll|can|should hear|get|have|receive|see|expect
    expect a|an|our|my reply|answer|update
    it|this|that will|should be fixed|solved|ready|back|done|sorted|live|available|working
    ich|wir werde|werden|melde|melden|schicke|schicken|antworte|antworten|gebe|geben|prufe|prufen|\
        kummere|kummern|sende|senden|erstatte|erstatten
    melde|melden|antworte|schicke|kummere ich|wir|mich|uns
    sie erhalten|horen|bekommen|haben
    bekommen|erhalten|horen sie
    le|les|te responder*|escribir*|avisar*|informar*|enviar*|contactar*|dar*|tendr*
    recibira|tendra|tendremos|volveremos|responderemos|estara
    nous|je vous|allons|vais|reviendr*|repondr*|enverr*|serons
    vous recevrez|aurez
    vamos|vou|iremos|responder*|entrar*|enviar*|avisar*|voltar*
    recebera|tera|estara
""")

# Something for the customer to do, or to expect.
NEXT_STEP = lines("""
    please|you|youll|ill|well|if|once|when|then|next|try|let|open|click|choose|select|go|check|\
        reply|send|tell|press|tap|follow|sign|wait|contact|expect|update|keep|use|enter|see|look
    bitte|sie|wenn|sobald|danach|dann|klicken|offnen|wahlen|wir|ich
    por|puede|si|cuando|haga|abra|elija|pulse|seleccione|responda|escribanos|le|vaya
    vous|veuillez|si|cliquez|ouvrez|choisissez|nous|allez|repondez
    voce|pode|se|quando|clique|abra|escolha|selecione|responda|vamos|por|pode
""")

# Words that show the customer that their trouble was seen.
SEEN = lines("""
    sorry|apologise|apologize|apologies|understand|frustrating|annoying|appreciate|unacceptable|\
        stressful|upsetting|disappointing|thank|thanks
    hear|see|know how
    tut mir|uns leid
    leid|verstehe|verstehen|verstandlich|entschuldig*|danke|argerlich
    lament*|siento|sentimos|comprend*|entiend*|entendemos|disculp*|gracias|perdon*
    desole*|comprend*|excus*|merci|regrett*|navre*
    lament*|sinto|sentimos|compreend*|entend*|desculp*|obrigado|obrigada|peco
""")
