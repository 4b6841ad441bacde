"""How people name days, dates, hours and spans of time, in seven languages."""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.agent.phrases import plain
from bot.agent.words.numbers import NUMBERS


def key(words: str) -> str:
    """Words as the tables here know them: plain, without blanks and hyphens."""
    return plain(re.sub(r"[\s-]", "", words))


def _numbered(table: str) -> Mapping[str, int]:
    """The words of the first line mean 1, those of the second 2 and so on."""
    rows = enumerate(filter(None, map(str.strip, table.splitlines())), 1)
    return {key(word): number for number, row in rows for word in row.split()}


def _choice(*words: str) -> str:
    """The longest first, so that none hides another that it begins."""
    spoken = sorted((word for table in words for word in table.split("|")), key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", r"\s{1,2}") for word in spoken)


MONTHS = _numbered(
    """
    january jan januar jänner enero janvier janeiro gennaio januari
    february feb februar febrero février fevereiro febbraio februari
    march mar märz marzo mars março maart
    april apr abril avril aprile
    may mai mayo maio maggio mei
    june jun juni junio juin junho giugno
    july jul juli julio juillet julho luglio
    august aug agosto août augustus
    september sep sept septiembre septembre setembro settembre
    october oct oktober octubre octobre outubro ottobre
    november nov noviembre novembre novembro
    december dec dezember dez diciembre décembre dezembro dicembre
    """
)
# Monday is 1.
WEEKDAYS = _numbered(
    """
    monday mon montag lunes lundi segunda-feira segunda lunedì maandag
    tuesday tue dienstag martes mardi terça-feira terça martedì dinsdag
    wednesday wed mittwoch miércoles mercredi quarta-feira quarta mercoledì woensdag
    thursday thu donnerstag jueves jeudi quinta-feira quinta giovedì donderdag
    friday fri freitag viernes vendredi sexta-feira sexta venerdì vrijdag
    saturday samstag sonnabend sábado samedi sabato zaterdag
    sunday sonntag domingo dimanche domenica zondag
    """
)
# Said alone these are also ordinal numbers, or parts of other words.
_SHORT = _choice("mon|tue|wed|thu|fri|segunda|terça|quarta|quinta|sexta")
_LENGTHS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
UNITS: Mapping[str, timedelta] = {
    word: (*_LENGTHS, timedelta(days=30))[number - 1]
    for word, number in _numbered(
        """
    second seconds sekunde sekunden segundo segundos seconde secondes minute minutes min mins \
minuten minuto minutos minuti minuut
    hour hours hr hrs h stunde stunden std hora horas heure heures ora ore uur uren
    day days d tag tage tagen dia dias jour jours giorno giorni dag dagen
    week weeks woche wochen semana semanas semaine semaines settimana settimane weken
    month months monat monate monaten mes meses mois mese mesi maand maanden
        """
    ).items()
}
COUNTS: Mapping[str, float] = {
    key(word): value
    for value, words in (
        (0.5, "half an|half a|einer halben|eine halbe|media|une demi|meia|mezz|mezza|een half"),
        (1, "a|an|one|the|einer|eine|einem|un|una|une|um|uma|een"),
        (2, "a couple of|due|twee"),
        (3, "a few|few|several|ein paar|einigen|einige|wenigen|unos|unas|algunos|algunas"),
        (3, "pocos|pocas|quelques|alguns|algumas|poucas|qualche|alcuni|alcune|een paar|enkele"),
        (3, "tre|drie"),
        (4, "quattro"),
        (5, "cinque|vijf"),
        (6, "sei|zes"),
        (7, "sette|zeven"),
        (8, "otto"),
        (10, "dieci|tien"),
    )
    for word in words.split("|")
} | {word: float(value) for word, value in NUMBERS.items() if value.isdigit()}
_COUNTED = (
    _choice(
        "half an|half a|a couple of|a few|einer halben|eine halbe|une demi|mezz"
        "|een half|ein paar|een paar",
    )
    + r"|[^\W\d_]{1,12}"
)

_WITHIN = _choice(
    "within|in|for|after|inside|over|innerhalb von|innerhalb|binnen|en|en un plazo de",
    "dentro de|sous",
    "dans|d'ici|d'ici à|em|em até|nas|nos|entro|fra|tra|nel giro di|nelle|nei|nell'",
)
_NEXT = _choice(
    "the next|the coming|den nächsten|der nächsten|den kommenden|der kommenden|las próximas",
    "los próximos|les prochaines|les prochains|as próximas|os próximos|próximas|próximos",
    "le prossime|i prossimi|prossime|prossimi|de komende|de volgende",
)
SPAN = re.compile(
    rf"\b(?:{_WITHIN})\s{{0,2}}(?<![^\W\d_])(?:(?P<next>{_NEXT})\s{{1,2}})?"
    r"(?:(?P<count>\d{1,3})"
    r"(?:\s?(?:[-–/]|to|or|bis|oder|a|o|ou|à|e|y|tot|of)\s?(?P<most>\d{1,3}))?"
    rf"[\s-]{{0,2}}|(?P<word>{_COUNTED})['’\s-]{{1,2}}|(?<=\s))"
    r"(?P<work>business\s|working\s|werk|arbeits)?(?P<unit>[^\W\d_]{1,10})\b"
    r"(?P<working>\s(?:hábiles|laborables|ouvrés|úteis|lavorativi))?",
    re.IGNORECASE,
)
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2}))?\b")

_BY = _choice(
    "by|until|till|before|on|bis zum|bis|spätestens|am|zum|vor dem|antes del",
    "antes de|para el|hasta",
    "hasta el|el|avant|avant le|d'ici|d'ici le|le|até|até o dia|no dia|na|no|entro",
    "entro il|il|op|voor",
)
# A bare pair of numbers is a version or a share, unless something says that it is a day.
NUMERIC = re.compile(
    rf"(?<![\d./-])(?:(?P<by>\b(?:{_BY}))\s{{1,2}}(?:the\s)?)?(?P<first>\d{{1,2}})(?P<mark>[./-])"
    r"(?P<second>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2})|(?P=mark))?(?!\d|[./-]\d)",
    re.IGNORECASE,
)
DATED = re.compile(
    rf"(?:\b(?:{_BY})\s{{1,2}})?(?:\bthe\s)?\b"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.º°])?\s{1,2}"
    r"(?:of\s|de\s|d['’])?(?P<month>[^\W\d_]{3,10})\b|(?P<named>[^\W\d_]{3,10})\.?\s{1,2}"
    r"(?:the\s)?(?P<number>\d{1,2})(?:st|nd|rd|th)?\b(?!:))(?:,?\s(?:de\s)?(?P<year>20\d{2})\b)?",
    re.IGNORECASE,
)
NTH = re.compile(
    r"\b(?:(?:by|on|until|before)\sthe\s(\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?:bis\szum|am|zum)\s(\d{1,2})\.(?!\d))",
    re.IGNORECASE,
)

_HALF = r"am|pm|a\.m\.|p\.m\.|uhr|uur|h|o'clock|o’clock"
CLOCK = re.compile(
    r"(?:\b(?:at|by|um|bis|a las|à|às|as|before|until|alle|om)\s+)?\b(\d{1,2})(?:[:.h](\d{2}))?"
    rf"\s?({_HALF})?(?![\d\w])",
    re.IGNORECASE,
)
_AT = _choice(
    "at|by|before|until|till|around|from|um|bis|bis spätestens|gegen|vor|ab|à|avant|vers|d'ici",
    "om|voor",
    "tegen|rond|até",
)
_AT_HOUR = _choice(
    "a las|antes de las|para las|hasta las|sobre las|às|até as|até às|antes das|alle|alle ore",
    "entro le|prima delle|verso le",
)
ALONE = re.compile(
    rf"\b(?:(?:{_AT})\s{{1,2}}(?P<hour>\d{{1,2}})"
    rf"(?:[:h](?P<minute>\d{{2}})(?:\s?(?P<behind>{_HALF}))?"
    rf"|(?:\.(?P<dotted>\d{{2}}))?\s?(?P<half>{_HALF}))"
    rf"|(?:{_AT_HOUR})\s{{1,2}}(?P<number>\d{{1,2}})(?:[:.h](?P<past>\d{{2}}))?"
    rf"|(?:{_AT}|a|al|entro|para o|per)\s{{1,2}}(?:the\s|el\s|le\s|o\s|al\s)?(?P<noon>noon|midday|"
    r"lunchtime|mittag|mediodía|midi|meio-dia|mezzogiorno))(?![\w:])",
    re.IGNORECASE,
)

TODAY = _choice(
    "today|tonight|this afternoon|this evening|heute|hoy|esta tarde|esta noche",
    "aujourd'hui|aujourd’hui",
    "ce soir|cet après-midi|hoje|esta noite|oggi|stasera|vandaag|vanavond|vanmiddag",
    "end of day|end of the day|end of business|eod|close of business|cob|feierabend|fin del día",
    "fin de journée|fim do dia|fine giornata|einde van de dag",
)
TOMORROW = _choice("tomorrow|in the morning|morgen|mañana|demain|amanhã|domani")
AFTER = _choice(
    "day after tomorrow|übermorgen|pasado mañana|après-demain|depois de amanhã|dopodomani",
    "overmorgen",
)
_NAMED = _choice(*(word for word in WEEKDAYS if len(word) > 4 and "feira" not in word))
DAY = re.compile(
    rf"\b(?:(?:{_BY})\s{{1,2}})?(?:the\s)?(?<!guten\s)(?P<name>{AFTER}|{TODAY}|{TOMORROW}|"
    rf"(?:next\s|this\s)?(?:{_NAMED}|miércoles|sábado|lunedì|martedì|mercoledì|giovedì|venerdì)|"
    r"(?:segunda|terça|quarta|quinta|sexta)-feira)\b"
    rf"|\b(?:by|on|until|before|até|na)\s(?P<short>{_SHORT})\b\.?",
    re.IGNORECASE,
)
# A week or a month that is named as a whole: by its last working hour.
WHOLE = re.compile(
    r"\b(?:this|next|(?:the\s)?(?:coming|following)|(?:the\s|at\sthe\s|by\sthe\s)?end\sof"
    r"(?:\s(?:the|this|next))?|die(?:se[rnm]?|s)|nächste[rnm]?|kommende[rnm]?|ende\s(?:der|des)|"
    r"(?:am|zum)|est[ae]|nesta|neste|la\spróxima|el\spróximo|próxim[ao]|finales\sde|cette|ce|"
    r"fin\sde|fim\sd[ao]|questa|questo|(?:la\s|il\s)?prossim[ao]|fine|deze|volgende|komende|het|"
    r"einde\svan\sde)\s{1,2}(?:week(?:end)?|month|woche|monats?|wochenende|semana|mes|semaine|mois|"
    r"mês|settimana|mese|maand)\b"
    r"|\b(?:semana|mes|mês)\sque\s(?:viene|vem)\b"
    r"|\b(?:semaine|mois)\sprochaine?\b|\b(?:settimana|mese)\sprossim[ao]\b",
    re.IGNORECASE,
)
IS_NEXT = re.compile(
    r"next|coming|following|nächst|kommend|próxim|viene|vem|prochain|prossim|volgend|komend", re.I
)
IS_MONTH = re.compile(r"month|monat|mes\b|mois|mês|mese\b|maand", re.I)
# No time at all, and understood as one.
VAGUE = re.compile(
    r"(?<!\bas )\bsoon(?:er|est)?\b(?! as\b)|\bas soon as (?:possible|we can|i can)\b"
    r"|\bshortly\b(?! after\b| before\b)"
    r"|\basap\b|\b(?:right|straight) away\b|\bany (?:minute|moment|day) now\b|\bin no time\b"
    r"|\bin kürze\b|\bdemnächst\b|\bso bald wie möglich\b|\bso schnell wie möglich\b"
    r"|\bschnellstmöglich\b|\bbaldmöglichst\b|(?<!so )\bbald\b|\bumgehend\b"
    r"|\blo antes posible\b|\ben breve\b|\bcuanto antes\b|\ba la brevedad\b|\bpronto\b(?! como)"
    r"|\bbientôt\b|\bsous peu\b|\bdès que possible\b|\bau plus vite\b"
    r"|\bdans les plus brefs délais\b"
    r"|\bem breve\b|\bo mais rápido possível\b|\bassim que possível\b|\ba breve\b|\bal più presto\b"
    r"|\bil prima possibile\b|\bquanto prima\b|\bbinnenkort\b|\bzo (?:snel|spoedig) mogelijk\b",
    re.IGNORECASE,
)
