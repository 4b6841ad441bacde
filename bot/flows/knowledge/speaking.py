"""A model writes the answer while the asker waits, out of the articles that they were shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import knowledge_commands as commands
from bot.agent.briefing import Passage, Sentence
from bot.agent.citing.support import states_nothing, unsupported
from bot.agent.passages import passages_of
from bot.agent.poison import hidden_in
from bot.agent.speaking import Speaker, Spoken
from bot.cards import Answer, Card, Notice
from bot.config.directory import Directory
from bot.errors import OutsideError, Refused, TryLater
from bot.flows.knowledge import answer_cards
from bot.flows.knowledge.flow import asker
from bot.flows.knowledge.keeping import Keeping
from bot.knowledge_events import AnswerWanted, QuestionUnanswered
from bot.people import Person
from bot.ports import ChatSurface, Clock
from bot.sight import reads
from bot.steps import Verdict
from storage.models import Article, Question
from storage.unit_of_work import UnitOfWork

# A click's own address takes five messages; the last is for the whole answer.
AMENDS = 3
PAUSE = timedelta(seconds=2)
AWAY = "The model cannot be asked at the moment. What the articles say stands below."

Reading = Callable[[], UnitOfWork]


@dataclass(frozen=True)
class Wanted:
    question: int
    text: str
    where: str
    surface: str
    articles: tuple[Passage, ...]


@dataclass(frozen=True)
class Told:
    """`sentences` are what the passages support, each with article ids and numbers."""

    sentences: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    left_out: int = 0
    trouble: str = ""


def write(
    command: commands.WriteAnswer, uow: UnitOfWork, keeping: Keeping, speaker: Speaker | None
) -> Answer:
    person, question = asker(command.by, command.question, uow, keeping.directory)
    if speaker is None:
        return Notice("No model is connected here.")
    if not _sources(question, uow, person):
        return Notice(answer_cards.GONE)
    uow.emit(AnswerWanted(question.id, command.where), key=f"answer:{question.id}", urgent=0)
    return None


def plan(event: AnswerWanted, uow: UnitOfWork, keeping: Keeping) -> Wanted | None:
    """What the asker may read is looked at again: the model is told nothing else."""
    question = uow.questions.get(event.question)
    person = keeping.directory.get(question.asked_by)
    told = tuple(
        Passage(a.ref, a.title, answer_cards.text_of(a), 1.0, a.language)
        for a in _sources(question, uow, person)
    )
    if not told:
        return None
    return Wanted(question.id, question.text, event.where, question.surface, told)


def _sources(question: Question, uow: UnitOfWork, person: Person | None) -> list[Article]:
    """What of it the asker may read now, and nothing that is meant for a machine."""
    told = answer_cards.shown(question, uow, lambda a: person is not None and reads(person, a))
    return [a for a, _ in told if not hidden_in(f"{a.title}\n{answer_cards.text_of(a)}")]


def act(
    intent: Wanted,
    speaker: Speaker | None,
    surfaces: Mapping[str, ChatSurface],
    reading: Reading,
    directory: Directory,
    clock: Clock,
) -> Told:
    """The asker reads along; what is left in the end is what the passages support."""
    surface = surfaces.get(intent.surface)
    if surface is None or speaker is None:
        raise TryLater("there is nobody to write it, or nowhere to show it")

    def look() -> tuple[Card, dict[str, int]]:
        """Articles may be taken back at any moment, also while the model writes of them."""
        with reading() as uow:
            question = uow.questions.get(intent.question)
            person = directory.get(question.asked_by)
            refs = {article.ref: article.id for article in _sources(question, uow, person)}
            return answer_cards.answer(question, uow, directory, clock.now()), refs

    card, refs = look()
    articles = [passage for passage in intent.articles if passage.article in refs]
    show = _Shown(surface, intent.where, card, clock, lambda said: _checked(said, articles, refs))
    spoken, trouble = Spoken(()), "" if articles else answer_cards.GONE
    try:
        spoken = speaker.answer(intent.text, articles, show.said) if articles else spoken
    except OutsideError:
        trouble = AWAY
    show.card, refs = look()
    told = replace(_checked(spoken.sentences, articles, refs), trouble=trouble)
    show.whole(told)
    return told


def _checked(
    sentences: Sequence[Sentence], articles: Sequence[Passage], refs: Mapping[str, int]
) -> Told:
    known = {article.article: article for article in articles if article.article in refs}
    kept = [one for one in sentences if _is_supported(one, known)]
    pairs = tuple(
        (one.text, tuple((refs[c.article], c.passage) for c in one.cites)) for one in kept
    )
    return Told(pairs, left_out=len(sentences) - len(kept))


def _is_supported(sentence: Sentence, known: Mapping[str, Passage]) -> bool:
    if not sentence.cites:
        return states_nothing(sentence.text)
    texts = []
    for cited in sentence.cites:
        article = known.get(cited.article)
        passages = passages_of(article.text) if article else ()
        if article is None or not 1 <= cited.passage <= len(passages):
            return False
        texts.append(passages[cited.passage - 1])
    titles = "\n".join(known[cited.article].title for cited in sentence.cites)
    language = known[sentence.cites[0].article].language
    return not unsupported(sentence.text, texts, language, titles)


class _Shown:
    """The private card while it is written: at most so many times, and not too often."""

    def __init__(
        self,
        surface: ChatSurface,
        where: str,
        card: Card,
        clock: Clock,
        checked: Callable[[Sequence[Sentence]], Told],
    ) -> None:
        self._surface, self._where, self.card, self._clock = surface, where, card, clock
        self._checked = checked
        self._left, self._said = AMENDS, ""
        self._next: datetime = clock.now()

    def said(self, sentences: Sequence[Sentence]) -> None:
        """Not even for a moment what nothing supports: people act on what they have read."""
        now = self._clock.now()
        if not self._left or now < self._next:
            return
        text = " ".join(said for said, _ in self._checked(sentences).sentences)
        if text != self._said:
            self._left, self._next, self._said = self._left - 1, now + PAUSE, text
            self._amend(answer_cards.being_written(self.card, text))

    def whole(self, told: Told) -> None:
        self._amend(answer_cards.written(self.card, told.sentences, told.left_out, told.trouble))

    def _amend(self, card: Card) -> None:
        """A reader who has gone away, or waited too long, keeps what stands there."""
        try:
            self._surface.amend(self._where, card)
        except (Refused, TryLater):
            self._left = 0


def settle(
    event: AnswerWanted, intent: Wanted, outcome: Told | OutsideError, uow: UnitOfWork
) -> Verdict:
    """Never again by itself: whoever asked can press once more."""
    if isinstance(outcome, Told) and not outcome.sentences and not outcome.trouble:
        uow.emit(QuestionUnanswered(intent.question))
    return None
