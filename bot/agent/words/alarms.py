"""Words that put a ticket before a person whatever else it says."""

from bot.agent.phrases import lines

LEGAL = lines("""
    lawyer*|attorney*|solicitor*|lawsuit*|litigation|subpoena*|ombudsman
    legal action|actions|proceedings|team|counsel|department|notice|hold|obligation*|representative
    legally binding|required|obliged
    my|our legal
    sue|suing you|your|the|over|for|them|backstop
    take|taking|see you|this|it to|in court|tribunal
    small claims
    cease and desist
    breach of contract
    data protection authority|officer|commissioner|regulator
    gdpr|ccpa|dsgvo .. request|complaint|violation|breach|erasure|deadline|fine|article
    violat* .. gdpr|law|laws|contract|ccpa|hipaa
    right to erasure|be
    subject access request
    delete|erase all [of] my|our personal data|information
    consumer protection|rights
    trading standards
    regulator*|authorities
    criminal complaint|charges
    police report|case|complaint
    file|filing|filed|lodge|make a [formal] complaint with|to
    illegal*|unlawful*
    liable for|if
    anwalt*|rechtsanwalt*|rechtsabteilung|rechtsschutz*
    rechtliche|juristische schritte
    verklagen|klage|abmahnung|strafanzeige|verbraucherzentrale|verbraucherschutz
    datenschutzbehorde|datenschutzbeauftragte*
    dsgvo .. loschung|auskunft|beschwerde|verstoss
    auskunft nach art*
    abogad*|denuncia*|demandar*|demandare*
    acciones legales
    via legal
    proteccion de datos
    consumo .. reclamacion|denuncia
    hoja de reclamaciones
    avocat*|tribunal|plainte
    action|poursuite|actions|poursuites en|judiciaire|judiciaires|justice|legales
    mise en demeure
    rgpd .. demande|violation|plainte|effacement
    advogad*|procon|lgpd
    acao judicial
    processar voces|a|voce
    avvocat*|denuncia
    advocaat|rechtszaak
""")

SAFETY = lines("""
    suicid*|selfharm|overdose
    kill|hurt|harm|hurting|killing myself|himself|herself|themselves|somebody|someone|yourself
    end my life
    want to die
    self harm
    dont want to live
    in danger
    life threatening
    injur*|electrocut*|ambulance|bleeding|unconscious
    caught|catch* fire
    burn* .. skin|hand|hands|fingers|smell
    smoke|smoking .. from|battery|device
    gas leak
    medical emergency|device|condition
    emergency services|responders|room|patients
    stalk*|harass*
    domestic violence|abuse
    threaten* me|my|our|to hurt|to kill
    death threat*
    hazard*
    patient|worker|crew safety
    without oxygen|insulin|heating|alarm
    been|was|were|got|is hacked|compromised|breached|phished
    hacked my|our|into
    hacker*|ransomware|keylogger
    data breach|leak
    security breach|incident|vulnerability|hole|flaw|disclosure
    vulnerability in|report|disclosure
    unauthori*ed access|login|logins|sign|user|users|person
    unauthorised|unauthorized access|login|logins|sign|user|users|person|activity
    see|seeing|saw|show|shows|showing another|other|someone|somebody|different customer|customers|\
        company|companies|client|clients|peoples|elses
    identity theft
    leaked|exposed .. data|password|passwords|key|keys|credentials|token
    api key|keys|token .. leaked|exposed|public|github
    selbstmord|suizid*|umbringen|lebensgefahr|verletzt|notfall|notarzt
    gehackt|datenleck|sicherheitslucke
    suicidio|suicidarme|matarme|peligro|herid*|emergencia
    hackea*|jaquea*
    suicide|blesse|danger|urgences
    pirate mon|notre|ete
    ete pirate|pirates
    perigo|ferid*|invadid*|hackear*
""")

# What a notice about a new device says too: no alarm where somebody only asks how to look.
INTRUDER = lines("""
    someone|somebody|stranger|attacker|exemployee [else] [has|is|got|have|had|was|just] logged|\
        logging|signed|gained|accessed|exported|broke|stole|hijacked|trying .. account|into|in|\
        access|list|data|device|system
    suspicious|strange|unknown login|logins|activity|sign|session|device|payment*|charge*|\
        transaction*|purchase*|withdrawal*
    someone|somebody|stranger|thief|thieves [else] [has|is|was|been] [been] using|used|spent|\
        spending .. account*|card*|identity|name|money
    payment*|transaction*|charge*|purchase*|withdrawal*|transfer* .. .. i|we [really|certainly] \
        didnt|never [really|even] authori*|make|made|recogni*|approve*
    payment*|transaction*|charge*|purchase*|withdrawal*|transfer* .. .. not|isnt mine|ours
    i|we [really|certainly|definitely] didnt|never|havent|dont authori*|recogni* .. payment*|\
        transaction*|charge*|purchase*|withdrawal*|transfer*
""")

INJECTION = lines("""
    ignor*|disregard*|forget|override|bypass|skip .. instruction*|rules|prompt*|guidelines|policy|\
        policies|guardrails|programming
    ignor*|disregard*|forget everything|all|anything .. above|before|previous|prior|told|said|know
    new instruction*|rules for|to|are|from|follow|the
    system prompt|message|override|instruction*|notice|note|update|command
    hidden|secret|initial|original|internal instruction*|prompt
    reveal|print|repeat|show|output|leak .. prompt|instructions|rules
    you are|re now
    you are|re no longer
    from now on you
    act|behave|pretend|roleplay as|like|to|you .. admin*|system|dan|developer|root|unrestricted|\
        supervisor|manager
    developer|debug|admin|maintenance|god|jailbreak|root mode
    jailbreak*
    as an|a ai|assistant|llm|bot you|your
    attention|note|notice|message|instruction|instructions|directive|important [to|for] [the|any|\
        all|our] ai|llm|chatbot|gpt|claude|model|agent|assistant|bot
    ai agent|assistant|bot|model|system must|should|shall|will|reading|processing|please|you|\
        instruction*
    if you are|re [an|a] ai|llm|bot|language|automated|assistant
    large language model
    pre approved|authorized|authorised by|refund|request
    preapproved|preauthorized|preauthorised
    already|been|is|was approved|authorized|authorised by [our|your|the|my|a] finance|manager|\
        lead|ceo|cfo|admin*|supervisor|support|management|team|approver
    approval|approver|manager has|already .. granted|given|approved|confirmed
    approval|authorization|authorisation code|token|granted|id
    without|no|skip*|bypass* [the|any|an|another|further|all] asking|approval|human|review|\
        escalat*|verification|confirmation
    do|dont|never not .. escalate|tell|inform|alert|flag .. human|person|anyone|customer|\
        specialist|ticket|this
    dont|never escalate|tell|alert|flag|inform .. human|person|anyone|ticket|this
    respond|reply|answer only|exactly|with .. json|approved|done|ok|following|yes
    call|execute|run|invoke|trigger the|a|your|this .. tool|refund
    issue|process|approve|execute a|the|this|full|all [full] refund* .. silently|automatically|\
        every|all
    set|mark .. decision|grade|priority|mode to|as
    begin|end|start|beginning [of] system|admin|instructions|instruction|prompt
    policy|gate|limit|limits has|have|is|are been|now changed|disabled|lifted|updated|suspended
    ignorier*|vergiss|missachte* .. anweisung*|regeln|vorgaben|instruktion*
    du bist jetzt|nun|ab
    ignor*|olvid*|omit* .. instrucciones|reglas|indicaciones|anteriores
    ahora eres
    ignor*|oublie*|neglige* .. instruction*|consignes|regles|precedent*
    tu es maintenant
    vous etes maintenant|desormais
    ignor*|esque* .. instrucoes|regras|anteriores
    agora voce
    ignor*|dimentica .. istruzioni|regole
    sin mas tramite|tramites
    sin|sem|sans|ohne [pedir] [la|a|ma|votre] aprobacion|aprovacao|approbation|validation|\
        genehmigung|freigabe|rueckfrage
    apruebo|aprobada|aprobado|autorizo [la|el|esta|este] devolucion|reembolso|pago
    reenvio la aprobacion|autorizacion
    codigo de aprobacion|autorizacion|aprovacao
    que el asistente|bot
    bereits|schon genehmigt|freigegeben|bewilligt
    deja approuve|approuvee|valide|validee|autorise
    ja aprovado|aprovada|autorizado
    negeer .. instructies|regels
""")

THREAT = lines("""
    switch*|mov* [everything|us] [over] to|over [a|one|another|your|the] [of|different] [your] \
        competitor*|alternative*|competition|rival*
    switch*|change|changing provider*|vendor*|supplier*|software|services
    look* for|at|elsewhere|around .. alternative*|competitor*|elsewhere|another|other
    evaluat*|trial*|trying|testing alternative*|competitor*|other|your
    tak* [our|my] [business|money|custom] elsewhere
    go|going|goes elsewhere
    leav* you|your|for|the .. competitor*|platform|service|company|if|unless
    will|ll|gonna|going|shall [be|to|have] [to] cancel*|leav*|switch* .. if|unless|otherwise|\
        everything|contract|today|tomorrow|tonight|you|competitor*
    unless .. cancel*|leave|leaving|switch*|elsewhere
    if .. .. im|we|ill|i re|ll|will|am|are|going [to] [be] cancel*|leave|leaving|switch*|gone|out|\
        done
    or|otherwise i|we|im|ill [will|ll|am|are|m|re] [going|to|be] cancel*|leave|leaving|switch*|gone
    cancel|cancelling|canceling|terminate|terminating .. unless|if [you|this|it|nothing|i|we]
    last|final chance|straw|warning
    lost|losing|lose a|me|us [as] [a] customer*
    go|going|went|goes public
    post*|shar*|tweet*|writ*|publish* .. twitter|linkedin|reddit|facebook|instagram|tiktok|\
        youtube|glassdoor|g2|capterra|x|everywhere|online|forum|forums
    trustpilot|g2crowd|capterra
    go|going|talk|talking|speak|contact|tell|write to|the .. journalist*|newspaper*|reporter*|\
        press|media|papers
    one|1|zero|bad|negative|terrible|honest|public star|review*
    tell|telling|warn|warning everyone|everybody|others
    before i|we post|publish|go
    go|goes|going viral
    name and shame
    better business bureau
    bbb
    chargeback*
    dispute the|this|these|it|your|all [charge|payment|with] [with]
    my|our bank .. reverse|dispute|block|chargeback
    kundigen|kundige .. wenn|falls|sonst|ansonsten
    wechseln|wechsle .. zu|zur|konkurrenz|anbieter
    konkurrenz|offentlich machen|presse
    cambiar* .. competencia|proveedor
    redes sociales
    competencia|prensa
    concurrence|concurrent*|presse
    reseaux sociaux
    concorrencia|concorrente|concorrentes|imprensa
    reclame aqui
    redes sociais
    passer chez|a .. concurren*
    no renovaremos|renovare|renovamos
    competidores .. oferta|ofert*
    nao renovar*|renovaremos
""")
