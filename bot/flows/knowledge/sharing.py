"""An answer is shown to everybody where it was asked, as far as everybody there may read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import knowledge_commands as commands
from bot.cards import Answer, Block, Card, Notice, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.flows.knowledge.answer_cards import GONE, cited, shown
from bot.flows.knowledge.flow import asker
from bot.flows.knowledge.keeping import Keeping
from bot.knowledge_events import AnswerShared
from bot.people import Account, Standing
from bot.ports import ChatSurface, Clock, Readers
from bot.sight import Room, may_be_read_in, reads
from bot.steps import Again, Park, Verdict, later
from storage.models import Audience, Question, UseKind
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

Reading = Callable[[], UnitOfWork]
WITHHELD = (
    "Nothing was shared: not everybody there may read it. Show the article to those who may, "
    "or share it where only they are."
)


LOOKING = "It is shown there if everybody there may read it; if not, you are told here."


@dataclass(frozen=True)
class Sharing:
    question: int
    by: str
    surface: str
    channel: str
    thread: str | None
    marker: str
    looks_first: bool
    since: datetime


def share(command: commands.ShareAnswer, uow: UnitOfWork, keeping: Keeping) -> Answer:
    person, question = asker(command.by, command.question, uow, keeping.directory)
    if not question.channel:
        return Notice("There is nowhere to share it.")
    told = shown(question, uow, lambda article: reads(person, article))
    if not told:
        return Notice(GONE)
    key = f"share:{question.id}"
    uow.emit(AnswerShared(question.id, person.id), key=key, urgent=0)
    is_for_all = all(article.audience is Audience.PUBLIC for article, _ in told)
    return None if is_for_all else Notice(LOOKING)


def plan(event: AnswerShared, uow: UnitOfWork, delivery: Claimed) -> Sharing:
    question = uow.questions.get(event.question)
    return Sharing(
        question.id,
        event.by,
        question.surface,
        question.channel,
        question.thread or None,
        f"shared-{delivery.id}",
        delivery.attempts > 1,
        delivery.created_at,
    )


def act(
    intent: Sharing,
    surfaces: Mapping[str, ChatSurface],
    reading: Reading,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> tuple[int, ...]:
    """The articles that were shown; none when somebody there may read none of them. Who is there is
    asked at this moment, and what they may read is read after that."""
    surface = surfaces.get(intent.surface)
    if surface is None:
        raise TryLater(f"{intent.surface} is not connected")
    room = _room(surface.readers_of(intent.channel), intent.surface, directory, settings)
    with reading() as uow:
        question = uow.questions.get(intent.question)
        card, articles = _card(question, intent.by, room, uow, directory, clock.now())
    if not articles:
        return ()
    if intent.looks_first and surface.find(
        intent.channel, intent.marker, intent.since, intent.thread
    ):
        return articles
    surface.post(intent.channel, card, intent.marker, intent.thread)
    return articles


def _room(readers: Readers, surface: str, directory: Directory, settings: Settings) -> Room:
    home = settings.slack.workspace if settings.slack else ""
    accounts = (Account(surface, user, home, Standing.UNKNOWN) for user in readers.users)
    return Room(tuple(map(directory.find, accounts)), readers.is_open, readers.is_shared)


def _card(
    question: Question,
    by: str,
    room: Room,
    uow: UnitOfWork,
    directory: Directory,
    now: datetime,
) -> tuple[Card, tuple[int, ...]]:
    """Not the question: that was asked privately. Who shares it is one of those who read it."""
    person = directory.get(by)
    told = shown(
        question,
        uow,
        lambda a: person is not None and reads(person, a) and may_be_read_in(room, a),
    )
    blocks: list[Block] = []
    for article, passage in told:
        blocks += cited(article, passage, directory, now)
    who = f"Shared by {person.name if person else 'a colleague'}"
    blocks.append(Text((who,), "context"))
    card = Card("shared-0", "From the knowledge base", f"{who}.", tuple(blocks))
    return card, tuple(article.id for article, _ in told)


def settle(
    event: AnswerShared,
    intent: Sharing,
    outcome: tuple[int, ...] | OutsideError,
    uow: UnitOfWork,
    keeping: Keeping,
) -> Verdict:
    match outcome:
        case TryLater():
            return later(str(outcome), outcome.retry_after)
        case OutcomeUnknown():
            return Again(reason=str(outcome))
        case Refused():
            _tell(intent, "The answer could not be shared: I am not in this channel.", uow, keeping)
            return None
        case OutsideError():
            return Park(str(outcome))
    now = keeping.clock.now()
    for article in outcome:
        about = f"question:{intent.question}"
        uow.articles.use(article, UseKind.SHARED, about, intent.by, now)
    if not outcome:
        _tell(intent, WITHHELD, uow, keeping)
    return None


def _tell(intent: Sharing, text: str, uow: UnitOfWork, keeping: Keeping) -> None:
    """Where they pressed, and nobody else sees it."""
    person = keeping.directory.get(intent.by)
    if person is not None:
        keeping.publisher.whisper(uow, person, intent.channel, intent.thread, text)
