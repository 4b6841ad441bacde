"""A first draft out of a conversation: what was wrong, and what solved it; pure.

It names nobody: greetings and signatures go, and so does what looks like personal data. Of what the
customer told, one sentence stays: the one that says what the subject says, and not who they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.agent.redaction import Redaction
from bot.flows.knowledge.rules import stems_of
from bot.personal import beginning

SOLVING = 3
# Where nobody has said what helps; no article is published with it.
MISSING = "…"
_TITLE = 80
# As much of one message as a form holds; a mail may quote all that went before it.
READ = 3_000
_SALUTATION = re.compile(
    r"(?:hi|hello|dear|hey|good (?:morning|afternoon|evening)|hallo|guten tag|liebe[rs]?"
    r"|hola|bonjour|ol[áa]|sehr geehrte[rs]?)\b[^\n.!?]{0,40}[,.!\n]\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\n[^\S\n]*(?:--\s*\n|(?:kind |best |warm |many )?(?:regards|wishes|thanks|thank you)\b"
    r"|cheers\b|yours\b|mit freundlichen|viele gr[üu](?:ß|ss)e|saludos|cordialement).*\Z",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_STEPS = re.compile(
    r"\b(?:please|try|open|go to|click|press|choose|select|set|turn|enter|install|update|restart"
    r"|remove|add|use|change|bitte|[öo]ffnen|w[äa]hlen|klicken|seleccione|abra|ouvrez|cliquez)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:i|we) (?:run|own|lead|manage|work|keep|am|are)\b|^(?:i'm|we're|my name|our company)\b"
    r"|^(?:ich bin|wir sind|mein name|soy|somos|me llamo|je suis|nous sommes|je m'appelle)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\[([A-Z]+)_\d{1,4}\]")
_LONG_NUMBER = re.compile(r"\+?\d(?:[ ./-]?\d){5,}")
_EMPTY = re.compile(r"^(?:thanks?|thank you|ok(?:ay)?|great|perfect|danke|gracias|merci)\W*$", re.I)


@dataclass(frozen=True)
class Spoken:
    """`is_ours` when one of our people, or the agent, said it."""

    text: str
    is_ours: bool


@dataclass(frozen=True)
class Draft:
    title: str
    body: str


def draft_of(
    subject: str, said: Sequence[Spoken], names: Iterable[str] = (), company: str = ""
) -> Draft:
    """What was asked, in one sentence, and our last words that tell what to do.

    `names` are of people in the conversation: they are left out wherever they stand, each part by
    itself. A `company` is called by words that mean something else, too: it is left out as a whole.
    """
    asked = [_stripped(one.text) for one in said if not one.is_ours]
    told = [_stripped(one.text) for one in said if one.is_ours]
    parts = {part for name in names for part in (name, *name.split())}
    about = stems_of(subject) - stems_of(" ".join(parts))
    problem = _problem(about, _sentences(asked[0])) if asked else ""
    answers = [text for text in reversed(told) if _STEPS.search(text)] or told[-1:]
    solution = _solution(answers[0], problem) if answers else ""
    title = _title(subject, problem)
    # One passage: whoever is shown what fits the question is shown what solves it, too.
    body = f"## {problem or title}\n\n{solution or MISSING}"
    redaction = Redaction(parts | {company})
    return Draft(_without(title, redaction), _without(body, redaction))


def _problem(about: set[str], told: Sequence[str]) -> str:
    """Without a subject the first that does not say who writes; where none says what the subject
    says, the subject says it best."""
    told = [sentence for sentence in told if not _WHO.match(sentence)]
    best = max(told, key=lambda one: len(about & stems_of(one)), default="")
    return best if not about or about & stems_of(best) else ""


def _title(subject: str, problem: str) -> str:
    told = " ".join(subject.split()) or problem
    return told if len(told) <= _TITLE else beginning(told, _TITLE).rsplit(" ", 1)[0] + " …"


def _solution(text: str, problem: str) -> str:
    """Sentences that tell what to do, as a list when there are several."""
    told = [one for one in _sentences(text) if one != problem]
    sentences = [one for one in told if _STEPS.search(one)] or told
    if len(sentences) < 2:
        return "".join(sentences)
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _sentences(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in _SENTENCE.split(text))
    return [part for part in parts if len(part) > SOLVING and not _EMPTY.match(part)]


def _stripped(text: str) -> str:
    words = _SALUTATION.sub("", _beginning(text.strip()), count=1)
    return _CLOSING.sub("", words).strip()


def _beginning(text: str) -> str:
    """Whole sentences: half an address would be taken for none."""
    if len(text) <= READ:
        return text
    return text[: max(text.rfind(end, 0, READ) + 1 for end in ("\n", ". ", "! ", "? "))]


def _without(text: str, redaction: Redaction) -> str:
    """Who it was, and where they can be reached, stays with the ticket."""
    hidden = redaction.hide(_LONG_NUMBER.sub("[NUMBER]", text))
    return _NUMBERED.sub(r"[\1]", hidden)
