"""The form an article is written in, and what comes back of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.agent.topics import OTHER
from bot.agent.words.topics import TOPICS
from bot.cards import Choice, Form, Input, Text
from bot.errors import InvalidForm
from bot.flows.knowledge.contents import Content
from bot.flows.knowledge.drafting import MISSING
from bot.people import Person
from bot.personal import masked
from bot.words import clean, shorten, units
from storage.models import Audience

PIECE = 2_800
PIECES = 8
_INTERVALS = (0, 30, 90, 180, 365)
_READER = re.compile(r"(role|person|partner):[a-z0-9][a-z0-9_-]*")
_AUDIENCES = (
    ("public", "Public: customers may be told"),
    ("internal", "Internal: our own people"),
    ("restricted", "Restricted: only those named below"),
)
_NEXT = (("review", "Ask for a review"), ("draft", "Keep it as a draft"))
_BLANK = re.compile(r"\n[ \t]*\n")
_KEPT_OUT = (
    "A card number, token or password seems to stand here, and no article holds one. Say where it "
    "is kept instead."
)
# Of a static select.
_OPTIONS = 100


def writing_form(
    title: str, content: Content, args: Mapping[str, object], people: Sequence[Person]
) -> Form:
    """Raises `InvalidForm` for a body that no form holds."""
    pieces = pieces_of(content.body)
    more = [*pieces[1:], ""] if len(pieces) > 1 else []
    first = pieces[0] if pieces else ""
    owners = [(p.id, p.name) for p in people if not p.is_partner][: _OPTIONS - 1]
    return Form(
        title=title,
        submit="Save",
        action="article.save",
        args=dict(args),
        blocks=(
            Text(("Leave out who asked. Somebody else reads it before it is published.",)),
            Input("title", "Title", max_length=200, initial=shorten(content.title, 200, "…")),
            _body("body", "What to do (Markdown)", first, required=True),
            *(
                _body(f"body{at}", f"What to do, part {at}", piece, required=False)
                for at, piece in enumerate(more, start=2)
            ),
            Choice("audience", "For whom", _AUDIENCES, initial=content.audience),
            Input(
                "readers",
                "Who may read it, if restricted",
                required=False,
                initial=", ".join(content.readers),
                hint="Such as role:lead, person:ana, partner:nightdesk",
            ),
            Choice("category", "Kind of ticket it answers", *_categories(content)),
            _tags("products", "Products", content.products),
            _tags("releases", "Versions it is true for", content.releases),
            Choice("owner", "Who looks after it", tuple(owners), initial=_owner(content, owners)),
            Choice("review_days", "Look at it again", *_intervals(content)),
            Input("note", "What changed, and why", required=False, max_length=200),
            Choice("next", "Then", _NEXT, initial="review"),
        ),
    )


def read_form(typed: Mapping[str, str], before: Content, known: Iterable[str]) -> Content:
    """What was typed; `before` keeps what the form does not ask, and `known` are the people and
    partners who may be named as readers. Raises `InvalidForm`."""
    told = [typed.get("body", ""), *(typed.get(f"body{at}", "") for at in range(2, PIECES + 2))]
    content = replace(
        before,
        title=" ".join(clean(typed.get("title", "")).split()),
        body="\n\n".join(clean(piece).strip("\n") for piece in told if piece.strip()),
        audience=typed.get("audience", ""),
        readers=_names(typed.get("readers", "")),
        category="" if typed.get("category") == OTHER else typed.get("category", ""),
        products=_names(typed.get("products", "")),
        releases=_names(typed.get("releases", "")),
        owner=typed.get("owner", ""),
        review_days=int(typed.get("review_days") or 0),
    )
    if wrong := _secrets(typed) | _wrong(content, frozenset(known)):
        raise InvalidForm(wrong)
    return content


def _secrets(typed: Mapping[str, str]) -> dict[str, str]:
    """What would be left out of the words, so that nobody publishes what they have not written."""
    words = {name: told for name, told in typed.items() if name.startswith(("title", "body"))}
    return {name: _KEPT_OUT for name, told in words.items() if masked(told) != told}


def _wrong(content: Content, known: frozenset[str]) -> dict[str, str]:
    wrong = {}
    if not content.title:
        wrong["title"] = "An article needs a title."
    if not content.body:
        wrong["body"] = "An article needs words."
    elif any(line.strip() == MISSING for line in content.body.splitlines()):
        wrong["body"] = f"Say what helps in the place of “{MISSING}”."
    if content.audience not in {each.value for each in Audience}:
        wrong["audience"] = "Choose for whom it is."
    if content.audience == Audience.RESTRICTED and not content.readers:
        wrong["readers"] = "Name who may read it."
    for reader in content.readers:
        is_role = reader.startswith("role:")
        if not _READER.fullmatch(reader) or not (is_role or reader in known):
            wrong["readers"] = f"Nobody is called {reader}. Such as role:lead, person:ana."
    return wrong


def pieces_of(body: str) -> list[str]:
    """The body in parts that inputs hold, cut between paragraphs; joined with a blank line they
    are the body again. Raises `InvalidForm` for one that no form holds."""
    if units(body) <= PIECE:
        return [body]
    pieces: list[str] = []
    for paragraph in _BLANK.split(body):
        if pieces and units(pieces[-1]) + units(paragraph) + 2 <= PIECE:
            pieces[-1] = f"{pieces[-1]}\n\n{paragraph}"
        else:
            pieces.append(paragraph)
    if len(pieces) > PIECES or any(units(piece) > PIECE for piece in pieces):
        raise InvalidForm(
            {"body": "This article is too long for a form. Export it, edit its file, import it."}
        )
    return pieces


def _body(name: str, label: str, initial: str, required: bool) -> Input:
    return Input(name, label, multiline=True, required=required, initial=initial)


def _tags(name: str, label: str, known: Sequence[str]) -> Input:
    hint = "Separated by commas"
    return Input(name, label, required=False, initial=", ".join(known), hint=hint)


def _names(typed: str) -> tuple[str, ...]:
    names = (" ".join(name.split()) for name in typed.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def _categories(content: Content) -> tuple[tuple[tuple[str, str], ...], str]:
    """The options, and which of them it is now."""
    now = content.category or OTHER
    known = dict.fromkeys([*TOPICS, OTHER, now])
    return tuple((name, name.replace("_", " ")) for name in known), now


def _owner(content: Content, owners: Sequence[tuple[str, str]]) -> str:
    """Nobody, when whoever it was is no longer there: somebody has to be chosen."""
    return content.owner if content.owner in dict(owners) else ""


def _intervals(content: Content) -> tuple[tuple[tuple[str, str], ...], str]:
    days = sorted({*_INTERVALS, content.review_days})
    return tuple((str(d), f"after {d} days" if d else "when something changes") for d in days), str(
        content.review_days
    )
