"""Words that settle a question without naming its matter, and words around them that do not."""

from bot.agent.phrases import lines


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


YES_OR_NO = _words("yes yep yeah no nope ja nein doch si oui non sim nao nee")
SUBJECTS = _words("you it that this they one everyone everybody anyone anybody nobody these those")
WHOLE = _words("it that this they everything all es das now again jetzt wieder ya ahora")
VERDICTS = _words(
    """
    can cannot cant may must mustnt will wont do does dont doesnt isnt arent neednt kann konnen
    darf durfen muss mussen puede pueden
    """
)
# Of us a plain denial or a plain yes alone.
OURS = _words("do dont cannot cant")
WORKS = _words("work works worked working funciona funktioniert lauft")
# A hope, a condition or an offer of help settles nothing.
SOFTENED = _words(
    """
    hope know if whether what how which where when see as glad good great happy try best
    thank thanks help helps reply answer write contact tell ask reach message hear understand
    feel let follow
    gerne gern bitte schon wenn ob was wie hilft helfen antworten melden saber alegra heureux bien
    course please welcome
    """
)
AUXILIARIES = _words(
    """
    is are was were can will has have does ist sind war wird werden kann hat haben
    """
)
PERSONS = _words("sie es du das ihr man der die vous tu il elle u je you we i")

# A question that tells what it seems to ask.
TELLING = lines("""
    did|didnt|dont you [already|even] know
    do you know that
    were|are|werent|arent you [already] aware
    have|havent you [already] heard|noticed
    is|isnt|wasnt|aint it [not] great|nice|good|wonderful|amazing|true|fair|clear|\
        fantastic|lovely|well
    dont|arent|wont|didnt we
    can|could you believe|imagine
    who would|wouldve have|known|thought
    guess|remember what|that|how
    what if i told
    how great|nice|good|wonderful is it
    wussten|wissen|wusstest|weisst sie|du
    ist es nicht schon|toll|gut|wunderbar|klar
    haben sie gehort|gewusst
    sabia|sabe|sabias [usted] que
    no es genial|bueno|estupendo|maravilloso|cierto
    saviez|savez|savais vous|tu
    nest ce pas genial|bien|formidable|super
    voce sabia|sabe que
    nao e otimo|bom|maravilhoso|verdade
    sapeva|sapevi|sa|sai che
    non e fantastico|bello|vero
    wist|weet u|je
    is het niet mooi|fijn|geweldig
""")
TAGS = frozenset(
    """
    right|ok|okay|correct|yes|no|isnt it|arent they|doesnt it|dont they|wont it|is it not
    nicht wahr|oder|richtig|stimmts|verdad|cierto|no es asi|nest ce pas|non|nao e|certo|ne|vero
    non e vero|toch|he|eh
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
