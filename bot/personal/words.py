"""The words that people put before what they should not have written, in five languages."""

ENTRY = (
    r"pass[ -]?(?:word|wort|phrase|code)s?|passw(?:d|or[dt])?|pa[s5$]{2}w[o0]rd|pwd|psw|p/w"
    r"|kenn?wort\w*|(?:zugangs|login)daten|contrase(?:ñ|ny?)as?|clave(?: de acceso| secreta)?"
    r"|mots? de passe|mdp|senhas?|palavra[- ]passe|parola|wachtwoord|has[łl]o|l[öo]senord|pass|pw"
)
PAIR = r"(?:zugangs|login|anmelde)daten|credentials|datos de acceso|identifiants|dados de acesso"
USER = r"user(?:[ ]?name)?|login|log-?in|e?-?mail|benutzer(?:name)?|usuario|utilisateur|usu[áa]rio"
KEY = (
    r"(?:(?:api|access|secret|private|auth|client|app|license|service|signing|webhook|refresh"
    r"|session|account)[ _-]?){0,2}(?:keys?|tokens?|secrets?|schl[üu]ssel|credentials?)"
    r"|(?:api|zugriffs|zugangs)[ -]?(?:schl[üu]ssel|token|code)"
    r"|(?:clave|llave|chave|cl[ée]|jeton|ficha)(?: (?:de |d')(?:l')?(?:la )?(?:api|acceso|acc[èe]s"
    r"|acesso))?|aws_\w+|authorization|cookie|phpsessid|jsessionid|sessionid|csrf\w*"
)
CODE = (
    r"pin|puk|otp|tan|cvv2?|cvc2?|csc|security code|(?:karten)?pr[üu]f(?:nummer|ziffer|zahl)"
    r"|c[óo]digo de (?:seguridad|seguran[çc]a|verificaci[óo]n|verifica[çc][ãa]o|acceso)"
    r"|cryptogramme|code (?:de s[ée]curit[ée]|de v[ée]rification|secret|pin)"
    r"|(?:verification|confirmation|one[- ]time|2fa|login|access|backup|recovery)[ -]codes?"
    r"|(?:best[äa]tigungs|sicherheits|einmal|zugangs)[ -]?code"
)
IS = (
    r"is|was|are|set to|changed to|ist|war|sind|lautete?n?|es|era|son|est|[ée]tait|sont|sera|é"
    r"|foi|s[ãa]o"
)
# What follows them where a password is spoken of and not given.
TALK = frozenset(
    """
    a an the not no now still also too wrong right correct incorrect invalid expired changed reset
    forgotten lost empty blank required needed mine unknown never always being my your his her our
    their this that what how why when where which who does did do can could should would is was
    are were and or but if then it i please help thanks
    weg falsch richtig ungültig abgelaufen vergessen nicht kein keine leer noch auch zu sehr das
    der die ein eine mein meine ihr ich wie warum wann wo was und oder aber wenn nötig geändert
    zurückgesetzt bitte hilfe danke
    incorrecta incorrecto errónea caducada inválida olvidada ya muy la el una un mi su que qué
    cómo como por para cuando y o pero si obligatoria correcta gracias ayuda
    incorrecte erroné erronée expiré invalide oublié pas le un une mon ma votre quoi comment
    pourquoi quand et ou mais trop toujours déjà merci aide
    incorreta inválida expirada esquecida errada não os as uma meu minha seu sua porque quando e
    mas se ajuda
    page field link e-mail email screen form manager rules policy box option button
    """.split()  # noqa: SIM905 - a list of words is read as words
)
