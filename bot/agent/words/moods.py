"""Words of moods and histories: distress, impatience, thanks."""

from bot.agent.phrases import lines

# One of these is enough.
DISTRESS = lines("""
    furious|livid|outraged|enraged|infuriat*|fuming|irate
    unacceptable|inacceptable|outrageous|appalling|appalled|disgusting|disgusted|disgraceful|\
        disgrace|shameful|atrocious|abysmal
    fed up|upp
    sick [and] [tired] of
    sick and tired
    had enough
    at my|our wit*|limit|breaking
    end of my|our [rope|tether|patience|wits]
    losing|lost my|our [will|mind|sanity|temper|patience|job|business|livelihood|faith|trust]
    desperate*|desperation|despair*|hopeless|devastat*|heartbroken|distraught|distress*
    panic*|terrified|frantic|scared|frightened|petrified
    cry|crying|cried|tears|sobbing|wept
    nightmare|hell|hellish|torture|agony
    ruin* my|our|me|everything|the|us
    destroy* my|our|me|everything|us
    cant take|handle|cope|bear|stand|sleep|afford|deal [this|it|anymore|any|with|to] [anymore|any|\
        longer|more|lose]
    dont know what [else] to|else
    so|really|extremely|very|beyond|super|incredibly|absolutely|totally|completely|bloody|\
        freaking|fucking|truly|deeply angry|frustrat*|upset|annoyed|disappoint*|mad|pissed|\
        stressed|worried|anxious|ashamed|embarrass*|humiliat*|exhausted|unhappy
    frustrated|frustrating beyond|as|and
    pissed off
    rip* off
    ripoff|scam|scammed|scammers|scammer|fraud|fraudulent|thieves|thief|theft|stealing|stole|\
        robbery|robbed|crooks|criminals|swindle*
    worst company|service|support|software|experience|app|product|customer|ever|tool|update|\
        browser|thing|decision
    useless|pathetic|incompetent|incompetence|clowns|idiots|idiotic|moron*|stupid|garbage|trash|\
        crap*|bullshit|bs|shit*|wtf|ffs|fuck*|damn|goddamn|bastard*|asshole*|bloody
    joke of|company
    is|what|such|a a|complete|total|an|absolute|utter joke|disaster|mess|shambles|disgrace|\
        nightmare|waste|insult
    complete|total|utter|absolute joke|disaster|mess|shambles|disgrace|nightmare|waste|chaos|\
        failure|rubbish
    waste|wasted|wasting of|my|our [my|our] [time|money|hours]
    how dare
    shame on
    hate this|you|your|it|that|the|how|what|dealing
    please please|im|i .. begging|please|desperate
    begging you
    beg you
    my|our job|business|livelihood|marriage|reputation .. line|stake|risk|depends|over|ruined|gone
    get|got|getting|be|being fired|sacked
    mental health
    havent|not slept|eaten
    dont see the point
    wutend|unverschamt*|katastrophe|verzweifelt|verzweiflung|frechheit|stinksauer|enttauscht|\
        unmoglich|schlimmste*|schrecklich|inakzeptabel|skandal|betrug|betruger|unertraglich|ratlos
    nerven am|liegen
    schnauze|nase voll
    no puedo mas
    llorar|llorado|llorando
    furios*|indignad*|inaceptable|desesperad*|verguenza|estafa*|harto|harta|hartos|pesimo|\
        horrible|indignante|ladrones|decepcionad*|desastre|enfadad*|enojad*
    furieux|furieuse|inadmissible|inacceptable|scandaleux|scandale|honteux|desespere*|arnaque*|\
        catastrophe|catastrophique|ras|voleurs|decu*|colere|excede*
    marre de
    furios*|inaceitavel|absurdo|desesperad*|vergonha|golpe|pessimo|ridiculo|revoltad*|palhacada|\
        descaso|chatead*
    inaccettabile|vergogna|furioso|disperat*|truffa|schifo
    schandalig|woedend|belachelijk|onacceptabel|oplichting
""")

# Somebody died, or is dying: whoever answers has somebody beside them who reads it too.
GRIEF = lines("""
    passed|pass|passes away|on
    died|dies suddenly|yesterday|today|last|this|in|of|on|from|recently|week|month|unexpectedly
    my|our|her|his|their late husband|wife|father|mother|dad|mum|mom|son|daughter|partner|brother|\
        sister|parent*|colleague|boss|founder|grandmother|grandfather
    husband|wife|father|mother|dad|mum|mom|son|daughter|partner|brother|sister|baby|child|friend|\
        colleague|founder|boss|grandmother|grandfather [has|have|had|just|recently|sadly] died|\
        passed
    death of|in|certificate
    funeral|bereave*|grieving|mourning|condolence*|widow|widower|deceased|obituary|hospice
    terminal|terminally ill|illness|cancer
    sorry|sorrow for|about your|the loss
    suicide|suicidal
    verstorben*|gestorben|todesfall|beerdigung|beileid|trauerfall|witwe|witwer|sterbeurkunde
    fallecio|fallecid*|fallecimiento|funeral|viuda|viudo|pesame
    decede*|deces|deuil|obseques|veuve|veuf|condoleances
    faleceu|falecid*|falecimento|luto|viuva|viuvo
    deceduto|deceduta|lutto|funerale|vedova|vedovo
    overleden|overlijden|begrafenis|rouw|weduwe|weduwnaar
""")

# Two of these make distress; one makes a sour mood.
SOUR = lines("""
    angry|anger|frustrat*|annoy*|upset|mad|irritat*|disappoint*|unhappy|dissatisf*|displeased|\
        aggravat*|bothered|hate|hated|hates|dislike*
    stress*|worried|worry|worrying|anxious|anxiety|afraid|nervous|overwhelm*|exhaust*|embarrass*|\
        ashamed|humiliat*|sad|sadly|depress*|miserable|lonely|sorry|regret*|grief|unfortunately
    terrible|horrible|awful|dreadful|ridiculous|absurd|insane|crazy|nonsense|rubbish|lousy|poor|\
        pathetic|bad|worse|worst|sucks|suck|hurts|fail|unbelievable|broken|ugly|gross|nasty|\
        disturbing|cringe*|toxic
    seriously|honestly|sigh|ugh|argh|aargh|unreal
    urgent*|asap|immediately|emergency|critical
    unreliable|unprofessional|unresponsive|unfair|rude|dishonest|misleading|deceptive
    no|not one|a single|even
    let down
    come on
    this is getting
    for days|weeks|months|hours
    dringend|argerlich|frustrier*|enttausch*|leider|schlecht|sauer|verargert
    urgente|frustra*|molest*|decepcion*|preocupad*|terrible
    urgent|frustr*|agace*|decu*|inquiet|inquiete|mecontent*
    chato|frustrad*|preocupad*|ruim
    arrabbiat*|delus*|urgente
    boos|teleurgesteld|dringend
""")

REPEATED = lines("""
    second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th|umpteenth|nth|tenth [and] [last|final] \
        time|email|e|message|ticket|request|attempt|mail|contact|reminder|try|week|day
    again and again
    over and over
    time and [time] again
    once more|again
    still no|havent|waiting|not|nothing|nobody|unresolved|unanswered|open|pending|same [heard|had|\
        received|answer|reply|response|a|for|been|got|an|any|back|issue|problem|word|one|news]
    no|without|never|not [a] [single] reply|response|answer|reaction|answered|replied|responded \
        [since|from|yet|to|so|for|back|after]
    nobody|noone|one|anyone [has|have|ever|from|is] [ever|from|you] [support|your] repl*|answer*|\
        respond*|got|came|helped|gets|contacted|called|getting|listens|listening
    already|have contacted|emailed|written|wrote|called|messaged|reported|opened|asked|explained|\
        told|raised [you|a|this|to|support|three|two|several|twice|it|another|an|about]
    contacted|emailed|written|wrote|called|messaged|reported|opened|asked [you|support|this|to|\
        about|it|in] [to|about|support] twice|already|before|multiple|several|three|many|\
        repeatedly|2|3|4|5|four|five|two
    multiple|several|three|numerous|countless|four|five|six emails|tickets|messages|chats
    follow* up on|to|from|again|regarding
    last week|month|time i|we|you .. told|said|promised|contacted|wrote|opened|reported
    you|somebody|someone|support|colleague|agent [have] [had] promised|said|assured
    my previous|last|earlier|first|original ticket*|email*|message*|request*
    keep|keeps sending|telling me|us
    reopen* [the|this|my|our] ticket|case|request
    unanswered|ignored
    happened|happening again
    im|i being ignored
    zum zweiten|dritten|vierten|x|wiederholten
    immer noch keine|nicht
    schon|bereits mehrfach|mehrmals|dreimal|zweimal|geschrieben|kontaktiert|gemeldet
    keine antwort|reaktion|ruckmeldung
    segunda|tercera|cuarta vez
    sigo|seguimos esperando|sin
    nadie responde|contesta|me|ha
    sin respuesta
    deuxieme|troisieme|quatrieme|enieme fois|relance|message
    toujours pas|aucune|rien
    aucune reponse
    sans reponse
    segunda|terceira|quarta vez
    ninguem responde|respondeu|resolve|me
    ainda nao|sem
    sem resposta
    terza volta
""")

PRAISE = lines("""
    love it|this|the|your|you|using|how|what
    thank* .. amazing|wonderful|great|awesome|fantastic|excellent|brilliant|help|support|quick|fast
    amazing|awesome|fantastic|excellent|wonderful|brilliant|outstanding|superb|perfect|delight*|\
        impressed|stellar|lovely
    great|good|nice|superb|fantastic job|work|support|service|product|app|tool|help|team|update|\
        feature|experience
    well done
    keep it|up [up]
    kudos|bravo|props|shoutout
    best support|software|service|product|app|customer|tool|team|decision|experience
    made|saved my|our|me|us
    thank|thanks you|so|a [so] very|much|lot|million
    happy|glad|pleased|grateful with|customer|that|to|for|about
    grossartig|super|toll|klasse|begeistert|wunderbar|perfekt|hervorragend
    excelente|maravillos*|genial|fantastico|encanta|estupendo
    genial|formidable|excellent*|merveilleux|parfait*|bravo
    otimo|excelente|maravilhos*|adoro|adorei|parabens
""")
