"""Words of requests with consequences, of trouble, and of unwanted mail."""

from bot.agent.phrases import lines

REFUND = lines("""
    refund*|reimburs*
    money back
    give|get|want|need|return|send|pay [me|us] [my|our|the|back] money|funds [back]
    credit|credited [me|us] [back] [to|for] [my|our|the] account|card|difference|duplicate|month
    charged|billed|debited|paid|invoiced .. twice|double|thrice|wrongly|incorrectly
    payment|renewal|charge|fee|amount|deposit|dollars|euros|pounds|quid back
    double|duplicate|erroneous|wrong|wrongful|unauthorised|unauthorized|second|extra charge*|\
        payment*|billing|billed|charged|invoice*|debit*
    overcharg*|chargeback*
    reverse the|this|that|my [duplicate|second] charge|payment|transaction
    shouldnt|shouldn have been|be charged|billed
    ruckerstatt*|erstatt*|gutschrift*
    geld zuruck
    zuruck geld
    doppelt abgebucht|berechnet|belastet|bezahlt|abgerechnet
    reembols*|devolucion*
    devolver|devuelv* .. dinero|importe|pago
    devuelv* me|nos|el
    cobrado|cobraron|cobrar .. dos|doble|veces
    rembours*
    preleve*|debite*|facture* [deux] deux|double|fois
    estorn*|ressarc*
    dinheiro de volta
    cobrad*|cobraram .. duas|dobro|vezes
    rimbors*
    terugbetal*
    geld terug
""")

CANCEL = lines("""
    cancel|cancelling|canceling|cancelled|terminate|close|closing|end|discontinue|delete [all] my|\
        our|the|this [entire|whole|paid|monthly|annual|yearly] [business|team|company|pro|\
        standard|enterprise] subscription*|account*|plan*|contract|membership|workspace|trial|\
        auto|service|renewal
    cancel|cancelling [with] immediately|effective|everything|today|now|us|me|it
    unsubscrib* from|me|us
    dont|not want|renew|going [to] [be] renew*|renewed
    stop|turn my|our|the|off [auto] [automatic] subscription|billing|renew*|autorenew*
    kundig*|kuendig*
    abo|abonnement|vertrag beenden|stornieren|kundigen
    cancelar|dar|cancele*|baja [de] [mi|nuestra|la|el|a|minha|nossa|o|meu] [de] suscripcion|\
        cuenta|plan|baja|assinatura|conta|plano
    resili*|annul* [de] [mon|notre|l|l'|le] abonnement|compte|contrat|forfait
""")

BILLING_EMAIL = lines("""
    chang*|updat*|switch*|replac*|set|correct|use|modif* [the|our|my] billing|invoice|invoices|\
        invoicing|accounting|accounts e|email|mail|contact|address|payable
    billing|invoice|invoicing|invoices e|email|mail|contact|address|emails [address] .. to|should|\
        changed|updated|new|instead|is|be
    send|deliver|forward|redirect [all] [the|our|my] [future] invoices|bills|receipts|billing \
        [emails] to|at
    invoices|bills|receipts .. sent|go|going to
    rechnungsadresse|rechnungsmail|rechnungsemail|rechnungskontakt|rechnungsempfanger
    rechnungen .. an|adresse|mail
    correo|email|direccion de facturacion
    adresse|mail|email de|e facturation
    e|email|mail de cobranca|faturamento|faturacao
""")

OWNER = lines("""
    transfer*|chang*|move|moving|hand*|assign*|switch*|make|pass [over] [the|our|my|account|\
        workspace] [account|workspace|company] owner*|ownership
    make|making|set .. owner
    new|account|workspace owner|ownership .. should|be|is|will|to
    inhaber*|eigentumer*|besitzer* .. ubertrag*|andern|wechsel*|auf|andere*
    transferir|cambiar|pasar .. propiedad|propietari*|titular
    transferer|changer|ceder .. propriete|proprietaire|titulaire
    transferir|mudar|passar .. titularidade|proprietari*|propriedade
""")

PLAN = lines("""
    upgrad*|downgrad*|switch*|mov*|chang* [me|us] [my|our|the] [current] [account|subscription|\
        plan|workspace|from|to] [back|down|up|over|from] .. plan|tier|standard|business|\
        enterprise|free|pro|starter|basic|premium
    tarif|paket .. wechseln|andern|umstellen|upgrade|downgrade
    cambiar [de] [el|mi|nuestro|de] plan
    changer [de] [notre|mon] forfait|formule|plan|offre
    mudar [de|o|nosso|meu] plano
""")

SEATS = lines("""
    add|adding|buy|remov*|reduc*|increas*|drop|need|cut|decreas*|lower|purchase|order|get [the|\
        our|us] [number] [of] .. seat*|licen*|users
    more|extra|additional|fewer|less|unused seat*|licen*|users
    seats .. from|to|instead|down|up
    from .. to .. seats|licen*|users
    platze|lizenzen|benutzer|nutzer .. hinzu*|entfernen|reduzieren|mehr|weniger|kaufen|brauchen
    asientos|licencias|usuarios .. mas|menos|anadir|quitar|agregar
    ajouter|retirer|supprimer|reduire .. places|licences|sieges|utilisateurs
    adicionar|remover|reduzir .. licencas|assentos|usuarios|lugares
""")

# A question about how something is done is not a wish that we do it.
ASKING = lines("""
    how|where [exactly] do|can|would|does|should|may|to|could|is [i|we|one|you|customers]
    what|whats is|are|s|happens|does|would [the|your] [happen]
    is|are it|there|refunds|we|i possible|any|able|a
    can|could|may|will|would|should i|we|customers|users
    do|does you|i|we|it|this offer|have|need|get|lose|also|mean|affect|give|allow
    policy|policies
    question|questions about|on|regarding
    want|like|wondering|curious to know|how|if|whether
    wie|wo kann|konnen|andere|mache|funktioniert|geht
    como puedo|podemos|se|hago|cancelo|posso|faco
    comment puis|faire|peut|on|pouvons|annuler|je
""")

# Whoever wants something done behind another person's back wants a person of ours to look.
SECRECY = lines("""
    dont|not|never [please] write|tell|inform|reply|contact|notify|email|ask|call [to|on|at] her|\
        him|them|old|owner|anyone|anybody|the|my|mrs|mr|previous
    without telling|informing|asking
    sensitive matter
    nicht|ohne informier*|sagen|schreiben
    no|sin avis*|digan|decir
    ne pas prevenir|informer
""")

# Money back in scripts that put no blanks between words, or that few of our lists know.
REFUND_SIGNS = ("返金", "払い戻し", "退款", "退钱", "환불", "استرداد", "возврат", "вернуть деньги")

TROUBLE = lines("""
    error*|fail*|paused|broken|broke|breaks|crash*|stuck|freez*|frozen|hang|hangs|hanging|bug|\
        bugs|buggy|glitch*|outage|down|offline|timeout*|missing|disappear*|vanish*|corrupt*|wrong|\
        duplicat*|lost|problem*|issue*|trouble|blank|rejected|refused|denied|invalid|incorrect|\
        unavailable|unable|disconnect*|reject*|500|502|503|504|401|403|404|429
    doesnt|dont|wont|isnt|cant|cannot|not|never|didnt|stopped|arent|wouldnt|stop [seem] [to] \
        work*|load*|open*|sync*|send*|receiv*|connect*|arriv*|show*|start*|appear*|update*|log|\
        login|sign|access|save*|print|display|respond*|fire|firing|import*|export*|find|get|see|use
    no|any longer work*|show*|sync*
    out of sync
    times|timing|timed out
    fehler*|funktioniert|geht|kaputt|absturz*|defekt|problem*
    no funciona|carga|abre|puedo|sincroniza|llega|entra|deja
    error|fallo|falla|problema|problemas
    ne marche|fonctionne|charge|parvien*
    erreur|panne|probleme|bug
    nao funciona|carrega|abre|consigo|sincroniza|entra
    erro|falha
""")

INTEGRATION = lines("""
    integrat*|webhook*|zapier|connector*|oauth|oauth2|graphql|middleware|endpoint*|sdk
    api|rest key*|call*|request*|respon*|token*|limit*|error*|endpoint*|returns|returning|is|\
        integration|access|rate|gives
    quickbooks|xero|datev|sage|salesforce|hubspot|netsuite|shopify|stripe|slack|jira|sap|dynamics|\
        pipedrive|mailchimp|zendesk|intercom|ics|caldav|scim|okta|entra
    google|outlook|office|ical|apple calendar [sync*|integration]
    third|3rd party app*|tool*|integration|software
    sync* .. with|to|from quickbooks|xero|datev|calendar|crm|salesforce|hubspot|accounting
    schnittstelle*|anbindung
    integracion|integracao
""")

SPAM = lines("""
    seo|backlink*|ranking service*|packag*|agency|expert*|on|google|link|links|offer*|improve*|your
    guest|sponsored post*|article*
    first page of|on|google
    casino|casinos|viagra|cialis|escort*|porn*|xxx|sexy|betting|gambling|jackpot|slots|satta|\
        matka|togel|slot
    customer|costumer|custmer|coustomer care|helpline number|no|helpline|contact|toll
    helpline|tollfree|hotline number|no|call|contact
    toll free
    loan|loans [app] customer|app|approval|offer*|approved|helpline|without|at|care
    crypto*|bitcoin|forex|btc|usdt invest*|recover*|wallet|trading|profit*|giveaway|earn*|\
        opportunit*|expert|doubl*
    recover* .. lost|stolen|scammed funds|crypto|bitcoin|money
    promo|coupon|discount|referral|gift|promotional code|codes|card|cards
    earn|make|making .. per|a|from day|week|home|month|hour
    work from home
    lottery|inheritance|prince|beneficiary|won|winner
    million|millions dollar*|usd|pounds|euros|visitors
    buy|get|cheap [real|more|cheap] followers|likes|reviews|views|traffic|leads|backlinks
    email|mailing|lead|leads|contact|attendee* list*|database*
    increase|boost|grow|improve|double|skyrocket your [website|site|organic|online|business] \
        traffic|ranking*|sales|revenue|visibility|leads|presence
    web|website|app|mobile design|development services|company|agency|team|offer
    limited time only|offer
    act now
    click here|below|this|the [link] [to] [claim|win|now|below|get]
    dear sir|madam|friend|webmaster|beneficiary|owner|business|customer
    page one|1
    rank*|number one|1|higher on|in
    backlinks
    expert team
    reply yes
    confirm your card|payment|bank|wallet
    package|parcel .. return*|unpaid|held|tax|fee|customs
    our|we services|offer|provide|are|specialize include|seo|web|best|affordable|a|in|cheap
    hack* .. whatsapp|instagram|facebook|spouse|account service*|hire|for
    hire a|an hacker
    spell caster
    weight loss
    fashion house|show
    visit our|us [website|site|at|store]
    best price*|deals|quality|astrologer|service|seo|casino
    unsubscribe here|below
    replica watches|bags
""")
