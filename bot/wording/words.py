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
    sorry|apologies|apologise|apologize|apology for|about inconveniencing|troubling|bothering
    inconvenienced|inconveniencing
    sorry|apologies|apologise|apologize|apology for|about the|any|this|all trouble|hassle|bother \
        this|it|that|we [may|might] [has|have] caused
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

# And these when nothing behind them says what went wrong.
CANNED_ALONE = lines("""
    sorry|apologies|apologise|apologize|apology for|about the|this|all|your trouble|issue|issues|\
        problem|problems|bother
    entschuldigen|entschuldigung|entschuldige fur die|den|alle|das umstande|arger|muhe|problem
    disculpas|disculpe|perdon|perdone por el|la|las|los problema|problemas|molestia|trastorno
    excuses|excusons|desoles|desole|desolee pour le|ce|la|les derangement|tracas|contretemps|\
        probleme|problemes
    desculpas|desculpa|desculpe pelo|pelos|pela problema|problemas|inconveniente|maçada
    scuse|scusi|scusiamo per il|i|l problema|problemi|inconveniente|fastidio
    excuses|sorry voor het|de|uw probleem|problemen|hinder|moeite|last
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
    tls|ssl handshake|cipher|ciphers|termination
    500 error|status|response
    http|error|status|internal [code] 500
    flush|flushed|flushing [your|the|its] dns|arp|resolver
    arp|dns cache|table|resolver|propagation
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

# What shows the customer that their trouble was seen: an apology, or one of us and the trouble.
SEEN = lines("""
    sorry|apologise|apologize|apologies|apology|regret
    i|we [can|do|could] [fully|completely|really|truly|totally|absolutely|also|well|only] \
        understand|see|hear|know|imagine|realise|realize|appreciate|recognise|recognize|get .. .. \
        frustrat*|annoy*|upset*|stress*|disappoint*|unacceptable|trouble|angry|anger|feel|worr*|\
        difficult|hard|serious|urgent|important|much|long|bad|painful|lost|losing|failed|fails|\
        failing|broken|broke|stopped|blocked|stuck|wrong|waiting|waited|wait|cost|costs|tedious|\
        concern*|disrupt*|problem
    that|this|it|which|how|what .. frustrating|annoying|unacceptable|stressful|upsetting|\
        disappointing|infuriating|worrying|painful|tedious
    your frustration|annoyance|anger|disappointment|concern|concerns|worry
    thank|thanks [you] [so|very] [much] for telling|reporting|flagging|raising|letting|pointing|\
        explaining
    our fault|mistake|error
    i|we [have|ve] let you
    should|shouldnt [not|never] have happened

    tut|tuts .. leid
    entschuldig*|verzeih*|pardon*|perdon*
    ich|wir verstehe|verstehen|weiss|wissen|sehe|sehen .. .. arger*|frust*|unmut*|enttausch*|\
        verarger*|schlimm|schwierig*|problem|probleme|muhsam|wichtig|dringend|aufgebracht
    kann|konnen .. .. verstehen|nachvollziehen
    das|dies|es|wie .. .. argerlich|frustrierend|unangenehm|verstandlich|nachvollziehbar|mist
    danke dass sie|du
    danke|dank fur den|ihren|die|ihre hinweis|offenheit|offenen|ehrlichkeit|meldung

    lament*|siento|sentimos|disculp*|sinto|desculp*
    entiend*|entend*|compren*|compreend*|veo|vemos|vejo|sabemos|imagin* .. .. frustr*|molest*|\
        enfad*|enoj*|dificil*|important*|urgent*|problem*|preocup*|aborrec*|chatead*|incomod*|\
        decep*|decu*|colere|agac*|mecontent*|genant*|ennui*|arrabbi*|delus*|disagio|fastidi*|enerv*
    gracias|obrigado|obrigada por [nos] decir*|avisar*|contar*|informar*|dizer*

    desole*|excus*|regrett*|navre*
    merci de|pour nous|m|me|lavoir [avoir] signal*|inform*|dit|prevenu*|alert*

    dispiace|spiace|spiacente|spiacenti|scus*|scusate
    capisco|capiamo .. .. frustr*|arrabbi*|delus*|disagio|problem*|fastidi*|difficil*|important*|\
        urgent*
    grazie per avercelo|avermelo|averlo|averci|la [averci] detto|segnalato|segnalazione

    spijt|excuses|vervelend|jammer
    begrijp|begrijpen|snap|snappen .. .. frustr*|boos|ergernis|teleurgesteld|lastig|probleem|\
        belangrijk|dringend|vervelend
    bedankt dat u|je
""")
