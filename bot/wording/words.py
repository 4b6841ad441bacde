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
    we|i [greatly|really|much|truly] appreciate|value your [continued] patience|understanding|\
        cooperation
    thank|thanks|thankyou [you] [very|so] [much|again] for your [continued|kind] patience|\
        understanding|\
        cooperation
    sorry|apologies|apologise|apologize|apology for|about any|the|this|all|your [and] hassle|\
        bother|\
        troubles
    sorry|apologies|apologise|apologize|apology for|about any [problem|problems|issues|confusion|\
        frustration|distress] trouble|problem|problems|issues|confusion|frustration|distress|delay
    unannehmlichkeiten
    danke|dank|bedanken [wir] [uns] fur ihr|ihre|deine|dein verstandnis|geduld
    dank fur ihr|ihre|deine|dein [entgegengebrachte] verstandnis|geduld
    bitten [wir] um [ihr] verstandnis|entschuldigung|geduld
    wir|ich bedauern|bedaure die|jegliche|etwaige umstande|unannehmlichkeiten
    ihr anliegen ist uns wichtig
    molestias
    disculpe|disculpa|disculpen los|el inconvenientes|inconveniente
    lamentamos los|el inconvenientes|inconveniente
    gracias|agradecemos|agradezco [de] [antemano] [por] su|tu paciencia|comprension
    gene occasionnee
    desagrement|desagrements
    nous nous excusons pour la gene
    merci|remercions [d] [avance] [de|pour] votre patience|comprehension
    transtorno|transtornos|incomodo
    lamentamos|desculpe|desculpas .. inconveniente|inconvenientes
    obrigado|obrigada|agradecemos [desde] [ja] [por|pela|a] sua|tua paciencia|compreensao
    obrigado|obrigada pela|a paciencia|compreensao
    disagio|disagi
    scusiamo|scuse|spiacenti per gli|il|eventuali inconvenienti|inconveniente
    grazie|ringraziamo per la|sua|vostra|tua [sua|vostra|tua] pazienza|comprensione
    ongemak|ongemakken
    bedankt|dank|danken [u] voor uw|je|jouw|het geduld|begrip
    excuses|sorry voor de|eventuele overlast
""")

# Words of the trade; whoever used one first is answered in it.
JARGON = lines("""
    repro|rca|sla|slas|payload|backend|frontend|regression|hotfix|nullpointer|nullpointerexception
    stack trace
    stacktrace
    null pointer
    race condition
    cron|crontab
    webhook|webhooks|oauth|saml|scim|oom|cdn|csrf|cors|jwt|ldap|sigterm|segfault*|coredump|stderr|\
        stdout
    error|status|code|http|response|a|an|returns|returned|threw|with 502|503|504
    502|503|504 error|errors|bad|gateway|response|responses|status
    rollback|rollbacks|failover|rolled|rolling back
    roll|rolled [it|this|that|the] [change|release|update] back
    rollback|failover|devops|sre|p0|sev0|sev1|sev2
    reverse|load proxy|balancer
    memory leak|leaks
    kernel panic
    garbage collection|collector
    heap dump|space
    thread pool
    stack overflow
    core dump
    staging|prod environment|cluster|server|instance
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

# Something for the customer to do, or to expect.
NEXT_STEP = lines("""
    please|you|youll|ill|well|if|once|when|then|next|try|let|open|click|choose|select|go|check|\
        reply|send|tell|press|tap|follow|sign|wait|contact|expect|update|keep|use|enter|see|look
    bitte|sie|wenn|sobald|danach|dann|klicken|offnen|wahlen|wir|ich
    por|puede|si|cuando|haga|abra|elija|pulse|seleccione|responda|escribanos|le|vaya
    vous|veuillez|si|cliquez|ouvrez|choisissez|nous|allez|repondez
    voce|pode|se|quando|clique|abra|escolha|selecione|responda|vamos|por|pode
    puo|se|quando|poi|clicchi|apra|scelga|selezioni|risponda|scriva|prema|faccia|vada|le|per
    alstublieft|kunt|als|zodra|daarna|klik|open|kies|selecteer|antwoord|druk|ga|laat|wij|we|ik|u
""")

# Words that show the customer that their trouble was seen.
SEEN = lines("""
    sorry|apologise|apologize|apologies|understand|frustrating|annoying|unacceptable|stressful|\
        upsetting|disappointing|frustration|annoyance
    hear|see|know|imagine|realise|realize|appreciate how|that|why
    tut mir|uns leid
    leid|verstehe|verstehen|verstandlich|entschuldig*|argerlich|nachvollziehen
    lament*|siento|sentimos|comprend*|entiend*|entendemos|disculp*|perdon*
    desole*|comprend*|excus*|regrett*|navre*
    lament*|sinto|sentimos|compreend*|entend*|desculp*|peco
    mi|ci dispiace|spiace
    dispiace|spiace|spiacente|spiacenti|capisco|capiamo|comprend*|scus*|frustrante
    spijt|begrijp|begrijpen|vervelend|excuses|snap|snappen|jammer
""")
