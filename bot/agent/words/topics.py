"""What a ticket is about: stems with weights, by category. The first category wins a tie."""

from collections.abc import Mapping


def _weights(table: str) -> Mapping[str, int]:
    """Stems with the weight that stands at the beginning of their line."""
    found: dict[str, int] = {}
    for line in table.strip().splitlines():
        weight, stems = line.split(":")
        found |= dict.fromkeys(stems.split(), int(weight))
    return found


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


TOPICS: Mapping[str, Mapping[str, int]] = {
    "security": _weights("""
        4: hacked hacker phish breach vulnerab ransomware gehackt hackea
        3: malware suspicious unauthori compromis leak iso27001 pentest pirat
        2: security encrypt soc virus sicherheit seguridad
        1: audit tracking
        """),
    "outage": _weights("""
        5: outage
        4: unreachable 503 502 504 statuspage ausfall
        3: unavailable incident panne caido down
        2: offline 500 maintenance
        1: everyone status
        """),
    "billing": _weights("""
        5: refund reembols rembours estorno
        4: invoic billing payment reimburs rechnung zahlung abbuch erstatt factura facture
        4: paiement fatura pagamento
        3: bill charg vat pricing receipt sepa cobr pago
        2: paid pay card tax price subscription renew credit money cost bank purchase discount
        1: coupon
        """),
    "sign_in": _weights("""
        4: login signin password sso saml 2fa mfa authenticator passkey passwort einloggen
        4: contrasena senha
        3: otp locked anmeld sesion credential okta
        2: logged verif iniciar connexion connecter entrar
        1: log sign code mot session reset
        """),
    "integration": _weights("""
        5: webhook zapier
        4: integrat api quickbooks xero datev salesforce hubspot schnittstelle
        3: oauth endpoint connector sdk
        2: token scim extension addon plugin
        1: calendar sync
        """),
    "mobile": _weights("""
        4: android iphone ios ipad
        3: mobile tablet handy movil celular
        2: push telephone gps
        1: app phone
        """),
    "data": _weights("""
        4: csv
        3: export import backup restor gdpr dsgvo migrat spreadsheet
        2: delet data bookmark lost missing recover duplicat excel daten datos donnees dados
        2: records archive
        1: history download file
        """),
    "performance": _weights("""
        4: slow laggy cpu langsam lento performance
        3: lag freez memory crash lent unresponsive
        2: hang timeout loading speed
        """),
    "account": _weights("""
        4: ownership kundig resili
        3: owner seat cancel downgrad permission konto cuenta compte conta
        2: account plan upgrad role invit profile licen admin workspace member trial
        1: user email team
        """),
    "feature": _weights("""
        5: roadmap
        4: feature suggestion sugerencia
        3: suggest wunsch improvement
        2: wish idea feedback propose
        1: request
        """),
    "how_to": _weights("""
        3: tutorial
        2: how setup configur wie como comment enable disable setting settings customi guide
        2: instructions
        1: where set change add remove create possible install default
        """),
}

# Words in which nearly every ticket is written; they say nothing of what it is about.
EMPTY: frozenset[str] = _words("""
    a about above after again all also am an and any anybody anyone anything are as at away back be
    been before being but by came can cannot cant come could couldnt day days dear did didnt do does
    doesnt doing done dont each else even ever every everything find first for from get gets getting
    give go goes going gone good got had has have havent having hello help hello her here hey hi him
    his how however i if im in into is isnt it its ive just keep know last let like ll long look
    made make many may maybe me mean mine more most much my myself need needs never new no none nor
    not nothing now of off ok okay on once one only or other our ours out over own please pls
    problem question re really regards s said same say see seem seems she should since so some
    someone something still such sure t take taken takes taking tell than thank thanks that the
    their them then there these they thing things think this those through time to today told too
    tried try trying two until up us use used using ve very want wants was wasnt way we well went
    were what whats when where which while who why will with without wont work worked working works
    would wouldnt yes yet you your yours anymore issue issues trouble kind best sincerely cheers
    morning afternoon evening team support sent bold text link hope could might currently always
    already actually
    aber als am an auch auf aus bei bin bitte das dass dem den der des die diese doch du ein eine
    einen einer er es fur habe haben hallo hat hilfe ich ihr ihre im in ist ja kann kein keine
    konnen
    man mein meine mit nach nicht noch nur oder sehr sich sie sind so und uns unser vielen von war
    was wenn wie wir wird zu zum zur dank grusse guten tag mir mich
    al algo como con cuando de del desde donde el ella en es esta este esto estoy gracias ha hay he
    hola la las le lo los mas me mi mis muy no nos o para pero por porque puede puedo que quiero
    se si
    sin sobre su sus tengo tiene un una y ya yo ayuda favor
    au aux avec bonjour ce cela ces cette comme dans de des du elle en est et il ils j je l la le
    les
    leur mais me merci mes moi mon n ne nos notre nous on ou par pas plus pour qu que qui sa se
    ses si
    son sont sur te tout tres tu un une vos votre vous y aide svp
    ao as com da das de do dos e ela ele em eu isso ja mais mas meu minha muito na nao no nos o
    ola os
    ou para pela pelo por que se sem seu sua tem um uma voce ajuda obrigado obrigada
    """)

# Words that name no thing: a ticket of only these and EMPTY ones is vague.
VAGUE: frozenset[str] = _words("""
    app broken broke bug crash crashed crashes error errors fail fails failed fix fixed function
    happening happens load loading nothing open opening page platform program screen service site
    software start stop stopped system thing website wrong weird strange bad worked urgent asap
    fehler kaputt geht funktioniert problem problema error erro falla funciona marche fonctionne
    probleme bug ayuda hilfe aide test testing plz hlp quick somehow
    """)

SEVERE: Mapping[int, frozenset[str]] = {
    4: _words("""
        outage down breach hacked ransomware emergency everyone payroll ausfall
        """),
    3: _words("""
        urgent urgently asap immediately deadline blocked locked lost deleted vanished disappeared
        critical stuck tonight tomorrow dringend urgente crash crashes crashed unusable stopped
        """),
}
