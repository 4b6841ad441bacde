"""Questions to the knowledge base: asked, answered from articles, judged."""

from collections.abc import Sequence

from bot import knowledge_commands as commands
from bot.agent.speaking import Speaker
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.flows.knowledge import answer_cards, rules
from bot.flows.knowledge.contents import of_article
from bot.flows.knowledge.context import asked_in, ticket_at
from bot.flows.knowledge.keeping import Keeping
from bot.knowledge_events import QuestionUnanswered
from bot.people import Account, Person
from bot.ports import Clock
from bot.sight import sight_of
from storage.models import Question, Ticket, UseKind
from storage.search import Nearest, Search, Sight
from storage.unit_of_work import UnitOfWork

AT_MOST = 3
MISSES = 3


def ask(
    command: commands.AskKnowledge,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    nearest: Nearest | None,
) -> Answer | commands.NoteAnswer:
    """Look for passages; the asker is shown them once the question is written down."""
    person = check_account(command.by, directory.find(command.by))
    by = command.by
    ticket = ticket_at(by.surface, command.channel, command.thread, person, uow, settings)
    typed = command.question.strip()
    asked = typed or _of_thread(command, ticket, uow).strip()
    if not any(character.isalnum() for character in asked):
        return _usage(settings)
    search, sight = Search(uow.session, nearest), sight_of(person, uow)
    told = _told(asked, search, sight)
    told = told or _told(_with_thread(asked, command, ticket, uow), search, sight)
    if not told and not rules.stems_of(asked):
        return _usage(settings)
    passages = tuple(
        (one.article, one.number, of_article(uow.articles.get(one.article)).words) for one in told
    )
    return commands.NoteAnswer(
        by,
        asked,
        passages,
        command.channel,
        command.thread,
        ticket.id if ticket else 0,
        bool(typed),
    )


def _told(asked: str, search: Search, sight: Sight) -> Sequence[rules.Telling]:
    return rules.worth_showing(asked, search.articles(asked, AT_MOST, sight))


def _of_thread(command: commands.AskKnowledge, ticket: Ticket | None, uow: UnitOfWork) -> str:
    """Whoever asks nothing within a thread asks what the thread asks."""
    return asked_in(ticket, uow) if ticket else (command.words[0] if command.words else "")


def _with_thread(
    asked: str, command: commands.AskKnowledge, ticket: Ticket | None, uow: UnitOfWork
) -> str:
    """ "How do I undo it?" is found with the words that say what "it" is."""
    around = asked_in(ticket, uow) if ticket else "\n".join(command.words)
    return f"{asked}\n{around}"


def note_answer(
    command: commands.NoteAnswer,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    speaker: Speaker | None,
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    now = clock.now()
    ticket = uow.tickets.get(command.ticket) if command.ticket else None
    question = uow.questions.add(
        Question(
            asked_by=person.id,
            text=command.question,
            shown=[list(passage) for passage in command.passages],
            surface=command.by.surface,
            channel=command.channel,
            thread=command.thread,
            ticket_id=ticket.id if ticket else None,
            customer_id=ticket.customer_id if ticket else None,
            created_at=now,
        )
    )
    # What others wrote in a thread is put on no list by somebody's looking for it.
    if not command.passages and (command.is_typed or ticket):
        uow.emit(QuestionUnanswered(question.id))
    for article, _, _ in command.passages:
        uow.articles.use(article, UseKind.SHOWN, f"question:{question.id}", person.id, now)
    return answer_cards.answer(question, uow, directory, now, can_write=speaker is not None)


def judge(
    command: commands.JudgeAnswer,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    keeping: Keeping,
) -> Answer:
    """What is said counts for the article that was put first."""
    person, question = asker(command.by, command.question, uow, directory)
    about, now = f"question:{question.id}", clock.now()
    if not question.shown:
        return Notice("No article was shown.")
    article = uow.articles.get(question.shown[0][0])
    if command.verdict == "helpful":
        uow.articles.use(article.id, UseKind.HELPFUL, about, person.id, now)
        return Notice("Thank you. It counts for the article.")
    uow.articles.use(article.id, UseKind.MISSED, about, person.id, now)
    missed = uow.articles.used(article.id, UseKind.MISSED, keeping.sound_since(article, uow))
    if len(missed) >= MISSES:
        keeping.doubt(uow, article, f"{len(missed)} answers from it did not help")
    return Notice(
        "Thank you. Report the gap if no article covers this, or write one: both are in the menu."
    )


def asker(
    by: Account, question_id: int, uow: UnitOfWork, directory: Directory
) -> tuple[Person, Question]:
    """Whose question it is, when it is theirs who press."""
    person = check_account(by, directory.find(by))
    question = uow.questions.get(question_id)
    if question.asked_by != person.id:
        raise NotAllowed("This was somebody else's question.")
    return person, question


def _usage(settings: Settings) -> Notice:
    kb = settings.command_names.kb
    return Notice(
        f"Ask in your own words, for example `{kb} how do I change the billing address`. "
        f"`{kb} mine` shows the articles that wait for you, `{kb} gaps` what no article covers."
    )
