"""Words of which a sentence may hold one and its passage another only if one of them is wrong."""

from collections.abc import Mapping

from bot.agent.phrases import plain


def _places(table: str) -> Mapping[str, tuple[int, str]]:
    """A line is a class, `|` parts its members, and `/` spellings of one member."""
    found: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(filter(None, map(str.strip, table.splitlines()))):
        for member in line.split("|"):
            spellings = [plain(word) for word in member.replace("/", " ").split()]
            found |= {word: (number, spellings[0]) for word in spellings}
    return found


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# What is sold or installed under its own name, and is never a synonym of its neighbour.
PLATFORMS = _places(
    """
    windows | macos/mac/macs/osx/macbook | linux/ubuntu/debian/fedora | android | ios | ipados \
    | chromeos/chromebook
    firefox | chrome/chromium | edge | safari | opera | brave | thunderbird | outlook \
    | vivaldi
    google | microsoft | apple | mozilla | amazon | facebook/meta | yahoo | samsung
    iphone | ipad | pixel | galaxy
    gmail | hotmail | icloud | aol | exchange
    zendesk | intercom | salesforce | hubspot | jira | slack | teams | zoom
    stripe | paypal | visa | mastercard | amex | klarna | sepa
    excel | word | powerpoint | csv | pdf | json | xml | docx | xlsx | png | jpg/jpeg
    imap | pop/pop3 | smtp
    http | https | ftp | sftp
    """
)

OPPOSITES = _places(
    """
    always/immer/siempre/toujours/sempre \
        | usually/normally/often/meistens/oft/normalmente/souvent \
        | rarely/seldom/selten/raramente/rarement \
        | never/nie/niemals/nunca/jamais | sometimes/manchmal/parfois
    all/every/alle/todos/todas/tous/toutes/cada | none/keine/ninguno/ninguna/aucun/aucune/nenhum
    enable/enables/enabled/enabling/aktivieren/aktiviert/activar/activado/activer/ativar \
        | disable/disables/disabled/disabling/deaktivieren/deaktiviert/desactivar/desactivado\
/desactiver/desativar
    on/ein/encendido | off/aus/apagado
    before/vor/bevor/antes/avant | after/nach/nachdem/despues/apres/depois
    with/mit/con/avec/com | without/ohne/sin/sans/sem
    more/mehr/plus/mais/mas | less/fewer/weniger/menos/moins
    show/shows/shown/zeigen/mostrar/afficher | hide/hides/hidden/verbergen/ocultar/masquer
    add/adds/added/hinzufugen/anadir/ajouter/adicionar \
        | remove/removes/removed/delete/deletes/deleted/entfernen/loschen/eliminar/supprimer/remover
    allow/allows/allowed/permit/erlauben/permitir/autoriser \
        | block/blocks/blocked/deny/denies/forbid/prevent/prevents/blockieren/bloquear/bloquer
    automatically/automatic/automatisch/automaticamente/automatiquement \
        | manually/manual/manuell/manualmente/manuellement
    minimum/least/mindestens/minimo | maximum/most/hochstens/maximo
    required/mandatory/must/muss/mussen/debe/deben/doit/doivent/deve/devem/moet/erforderlich\
/obligatorio/obligatoire | optional/optionally/opcional/optionnel/facoltativo
    letter/brief/poste | email/emails/correo/courriel | sms | fax
    increase/increases/raise/erhohen/aumentar/augmenter \
        | decrease/decreases/reduce/reduces/lower/senken/reducir/reduire/reduzir
    above/oberhalb/encima/dessus | below/unterhalb/debajo/dessous
    up/upper | down/lower
    larger/bigger | smaller
    left/links/izquierda/gauche/esquerda | right/rechts/derecha/droite/direita
    top/oben/arriba/haut | bottom/unten/abajo/bas
    public/offentlich/publico | private/privat/privado/prive
    free/kostenlos/gratis/gratuit/gratuito | paid/kostenpflichtig/pagado/payant/pago
    same/gleiche/mismo/meme/mesmo | different/andere/diferente/different
    first/erste/ersten/primero/primera/premier/premiere/primeiro/primeira \
        | second/zweite/zweiten/segundo/segunda/deuxieme | third/dritte/tercero/troisieme/terceiro \
        | fourth/vierte/cuarto/quatrieme | last/letzte/letzten/ultimo/ultima/dernier/derniere
    upload/hochladen/subir | download/herunterladen/descargar/telecharger/baixar
    install/installs/installed/installieren/instalar/installer \
        | uninstall/uninstalls/uninstalled/deinstallieren/desinstalar/desinstaller
    import/imports/imported/importieren/importar/importer \
        | export/exports/exported/exportieren/exportar/exporter
    send/sends/sent/senden/enviar/envoyer | receive/receives/received/empfangen/recibir/recevoir
    start/starts/begins/starten/iniciar/demarrer | stop/stops/ends/stoppen/detener/arreter
    open/opens/offnen/abrir/ouvrir | close/closes/closed/schliessen/cerrar/fermer/fechar
    accept/accepts/accepted/akzeptieren/aceptar/accepter \
        | reject/rejects/rejected/decline/declined/refuse/refused/ablehnen/rechazar
    online | offline
    internal/intern/interno/interne | external/extern/externo/externe
    old/older/alte/viejo/ancien/antigo | new/newer/neue/nuevo/nouveau/novo
    incoming/eingehende | outgoing/ausgehende
    true/wahr/verdadero | false/falsch/falso
    yes | no
    earlier/fruher | later/spater
    safe/sicher/seguro | unsafe/dangerous/unsicher/peligroso
    everyone/everybody/anyone/anybody | nobody
    encrypted | unencrypted
    once | twice
    second/seconds/sekunde/sekunden/segundo/segundos/seconde/secondes/secondo/secondi/seconden \
        | minute/minutes/minuten/minuto/minutos/minuti/minuut \
        | hour/hours/hourly/stundlich/stunde/stunden/hora/horas/heure/heures/ora/ore/uur \
        | day/days/daily/taglich/diario/quotidien/tag/tage/tagen/dia/dias/jour/jours/giorno\
/giorni/dag/dagen \
        | week/weeks/weekly/wochentlich/semanal/hebdomadaire/woche/wochen/semana/semanas/semaine\
/semaines/settimana/settimane/weken \
        | month/months/monthly/monatlich/mensual/mensuel/monat/monate/monaten/mes/meses/mois/mese\
/mesi/maand/maanden \
        | year/years/yearly/annual/annually/jahrlich/anual/annuel/jahr/jahre/jahren/ano/anos\
/annee/annees/an/ans/anno/anni/jaar/jaren \
        | night/nights/nightly/nacht/nachte/noche/noches/nuit/nuits/noite/noites/notte
    kb/kilobytes | mb/megabytes | gb/gigabytes | tb/terabytes
    monday/montag/lunes/lundi/segundafeira | tuesday/dienstag/martes/mardi \
        | wednesday/mittwoch/miercoles/mercredi | thursday/donnerstag/jueves/jeudi \
        | friday/freitag/viernes/vendredi | saturday/samstag/sabado/samedi \
        | sunday/sonntag/domingo/dimanche
    january/januar/enero/janvier/janeiro | february/februar/febrero/fevrier/fevereiro \
        | march/marz/marzo/mars/marco | april/abril/avril | may/mai/mayo/maio \
        | june/juni/junio/juin/junho | july/juli/julio/juillet/julho | august/agosto/aout \
        | september/septiembre/septembre/setembro | october/oktober/octubre/octobre/outubro \
        | november/noviembre/novembre/novembro | december/dezember/diciembre/decembre/dezembro
    owner/owners/inhaber/propietario/proprietaire \
        | member/members/mitglied/mitglieder/miembro/miembros/membre/membres \
        | admin/admins/administrator/administrators/administrador/administrateur \
        | guest/guests/gast \
        | viewer/viewers | editor/editors
    pro | plus | basic | premium | business | enterprise | starter
    red | green | blue | yellow | orange | grey/gray | purple | black | white
    """
)

# Words that say little, unless a plan or a product is called so: "in Team", "with Go".
CALLED = frozenset(["team", "plus", "go"])

# Words behind which a sentence says the contrary, by language.
NOT: Mapping[str, frozenset[str]] = {
    "en": _words(
        """
    not no never none nobody nothing neither nor without cannot cant dont doesnt didnt
    isnt arent wasnt werent wont wouldnt shouldnt couldnt mustnt hasnt havent hadnt neednt
    unable hardly impossible fail fails failed refuse refuses refused avoid avoids rarely seldom
    unlikely
    """
    ),
    "de": _words(
        """
    nicht kein keine keinen keinem keiner keines nie niemals ohne weder niemand nichts
    """
    ),
    "es": _words(
        """
    no nunca jamas sin ningun ninguna ninguno nadie nada tampoco ni
    """
    ),
    "fr": frozenset(["pas", "jamais", "aucun", "aucune", "sans", "ni", "personne", "rien"]),
    "pt": _words(
        """
    nao nunca jamais sem nenhum nenhuma ninguem nada nem
    """
    ),
    "it": _words("non mai senza nessun nessuno nessuna niente nulla ne neppure nemmeno"),
    "nl": _words("niet geen nooit zonder niemand niets noch nergens"),
}
# Where such a word comes behind what it turns round.
BEHIND = frozenset(["de", "fr", "nl"])
PREFIXES = ("un", "in", "im", "ir", "dis", "non")

ONE = _words(
    """
    one 1 single a an ein eine einen uno una un une um uma
    """
)

ONLY = _words("only solely exclusively nur ausschliesslich solo solamente seulement apenas somente")
ALL = _words(
    """
    all every any anyone anybody everyone everybody alle jeder jede todos todas cualquiera tous
    toutes qualquer
    """
)

# Of an answer's frame, and of courtesy: they state nothing that an article could tell.
FRAME = _words(
    """
    article articles covers explains explain tells according hello dear thanks thank
    welcome glad happy help helps helped hope please reply answer follow steps step here
    sorry apologies regards kind words let know anything else question questions further
    need back soon great nice understand frustrating annoying hear writing reaching out
    write contact message appreciate patience works work tell feel free artikel steht dazu
    hallo danke vielen dank freundlich freundlichen worte gut schon lauft leid verstehe
    verstehen argerlich grusse hilft helfen antworten melden nachricht fragen gerne bitte
    articulo explica hola gracias amables palabras alegra bien funcione funciona siento
    lamento entiendo responda ayuda pregunta preguntas saludos mensaje explique bonjour
    merci mots aimables heureux sommes convienne desole comprends repondez aide
    cordialement reponse questions message artigo ola obrigado obrigada pelas palavras
    gentis bom saber funcionar bem entendo lamento responda ajuda duvida duvidas
    cumprimentos mensagem unserem nuestro lo notre lexplique nosso
    """
)
