"""The words that people put before what they should not have written, in many languages."""

import re

ENTRY = (
    r"pass[ -]?(?:word|wort|phrase|code)s?|passw(?:d|or[dt])?|pa[s5$]{2}w[o0]rd|pwd|psw|p/w"
    r"|kenn?wort\w{0,12}|(?:zugangs|login)daten|contrase(?:ñ|ny?)as?|clave(?: de acceso| secreta)?"
    r"|mots? de passe|mdp|senhas?|palavra[- ]passe|parola|wachtwoord|has[łl]o|l[öo]senord|pass|pw"
    r"|парол[ьяею]|[şs]ifre\w{0,4}|heslo|jelsz[óo]|adgangskode|kodeord|passord|salasana"
    r"|κωδικ[όο]ς?|סיסמ[הא]|كلمة (?:المرور|السر)|m[ậa]t kh[ẩa]u|kata sandi|wifi[ -](?:key|code)"
    r"|code d['’]acc[èe]s|zugangscode"
)
PAIR = r"(?:zugangs|login|anmelde)daten|credentials|datos de acceso|identifiants|dados de acesso"
USER = r"user(?:[ ]?name)?|login|log-?in|e?-?mail|benutzer(?:name)?|usuario|utilisateur|usu[áa]rio"
KEY = (
    r"(?:(?:api|access|secret|private|auth|client|app|license|service|signing|webhook|refresh"
    r"|session|account|bot|csrf|id|bearer)[ _-]?){0,2}"
    r"(?:keys?|tokens?|secrets?|schl[üu]ssel|credentials?|sleutel)|bearer|ключ\w{0,2}"
    r"|(?:api|zugriffs|zugangs)[ -]?(?:schl[üu]ssel|token|code)"
    r"|(?:clave|chave|chiave|cl[ée]) (?:de la|da|del|de|d['’]) ?api|cl[ée] api|chiave api"
    r"|(?:clave|llave|chave|cl[ée]|chiave|jeton|ficha)(?: (?:de |d')(?:l')?(?:la )?(?:api|acceso"
    r"|acc[èe]s|acesso))?|aws_\w{1,40}|authorization|cookie|phpsessid|jsessionid|sessionid|csrf\w{0,20}"
)
CODE = (
    r"pin|puk|otp|tan|cvv2?|cvc2?|csc|security code|(?:karten)?pr[üu]f(?:nummer|ziffer|zahl)"
    r"|c[óo]digo de (?:seguridad|seguran[çc]a|verificaci[óo]n|verifica[çc][ãa]o|acceso)"
    r"|cryptogramme|code (?:de s[ée]curit[ée]|de v[ée]rification|secret|pin)"
    r"|(?:verification|confirmation|one[- ]time|2fa|login|access|backup|recovery)[ -]codes?"
    r"|(?:best[äa]tigungs|sicherheits|einmal|zugangs|verificatie|bevestigings)[ -]?code"
    r"|codice di (?:verifica|sicurezza|accesso|conferma)|c[óo]digo de confirma(?:ci[óo]n|[çc][ãa]o)"
    r"|[2m]fa|pin-code"
)
PLAIN_CODE = r"codes?|c[óo]digo|codice|код"
ON_THE_BACK = r"digits?|numbers?|ziffern|stellen|zahlen|d[íi]gitos|chiffres|cifre|cijfers"
IS = (
    r"is|was|are|set to|changed to|(?:should|must|would|will) (?:be|have been)|used to be|has been"
    r"|ist|war|sind|w[äa]re|hei[ßs]{1,2}t|lautete?n?|es|era|ser[íi]a|son|est|c['’]est|[ée]tait|sont"
    r"|sera(?:it)?|é|foi|s[ãa]o|è|sarebbe|wordt|to(?= \S*[0-9])"
)
NOW = "now|currently|still|actually|again|just|jetzt|nun|aktuell|ahora|maintenant|agora|ora|nu"
MINE = (
    r"my|the|our|your|his|her|their|mein[es]?|unser|das|dein|ihr|mi|la|tu|su|nuestra|el|mon|ma|le|votre"
    r"|notre|ton|a minha|minha|o meu|meu|a|a sua|sua|seu|la mia|il mio|mijn|het|de|uw"
)
# Languages that put no blank behind a word.
NO_BLANKS = r"(?:密[码碼]|密鑰|密钥|パスワード|비밀번호)(?:是|は|为|為|는|은)?"
LONE = re.compile(
    r"keys?|clave|llave|chave|cl[ée]|chiave|ficha|jeton|ключ\w{0,2}|sleutel|credentials?", re.I
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
    gone saved missing hacked visible used shown stored changing working disabled enabled selected
    admin nothing everything something anything here there problem issue question concern error
    security malformed present absent revoked rejected refused null none undefined true false string
    both only all any each some same and click see in on at to of for with from by without new old
    page field link e-mail email screen form manager rules policy box option button
    """.split()  # noqa: SIM905 - a list of words is read as words
)
