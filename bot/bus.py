"""One way in: a command runs its flow in one transaction, and what happened is on its way."""

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import events
from bot.cards import Answer, Form, FormErrors, Notice, Told
from bot.commands import Command
from bot.errors import BotError, InvalidForm
from bot.people import Account
from bot.ports import Clock
from bot.steps import Commands, Dependencies, Lane, Step, Subscribers
from storage.errors import Missing
from storage.jobs import Haste, Job
from storage.repositories import key_of
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer


@dataclass(frozen=True)
class Reply:
    """Where a private word about a click goes; `via` lives for 30 minutes, and also redraws the
    `message` that was clicked."""

    surface: str
    channel: str
    user: str
    via: str | None = None
    thread: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class Origin:
    """The platform's own id of an input, which makes a repetition recognisable."""

    source: str
    event_id: str
    reply: Reply | None = None


READERS = 4
VIA_LIVES = timedelta(minutes=29)


class Bus:
    """`commands` change something and go through the writer; `questions` only look, on
    connections of their own, so that a search never makes a click wait."""

    def __init__(
        self,
        commands: Commands,
        questions: Commands,
        subscribers: Subscribers,
        writer: Writer,
        reading: Callable[[], UnitOfWork],
        clock: Clock,
        dependencies: Dependencies,
    ) -> None:
        self._commands = commands
        self._questions = questions
        self._reading = reading
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._subscribers = subscribers
        self.writer = writer
        self.clock = clock
        self.dependencies = dependencies
        self.steps: Mapping[str, Step] = {
            step.name: step for group in subscribers.values() for step in group
        }
        self.wake: Callable[[Lane, int], None] = lambda lane, count: None

    def submit(self, command: Command, origin: Origin | None = None) -> "Future[Answer]":
        """The answer arrives after the commit; a refusal is an answer, not an exception."""
        if type(command) in self._questions:
            return self._readers.submit(self._look_up, command, origin)

        def instead(error: Exception) -> Job | None:
            is_refusal = isinstance(error, BotError | Missing)
            return partial(self._refuse, command, origin, error) if is_refusal else None

        return self.writer.submit(
            lambda uow: self._perform(uow, command, origin), Haste.ANSWER, instead
        )

    def handle(self, command: Command, origin: Origin | None = None) -> Answer:
        return self.submit(command, origin).result()

    def close(self) -> None:
        self._readers.shutdown()

    def tell(self, origin: Origin, text: str) -> "Future[None]":
        """A private word about an input that became no command."""
        return self.writer.submit(
            lambda uow: self._tell_once(uow, origin, Notice(text)), Haste.ANSWER
        )

    def take(self, origin: Origin) -> "Future[bool]":
        """True for one of all deliveries of an input whose answer the edge itself puts up."""
        now = self.clock.now()
        return self.writer.submit(
            lambda uow: uow.inbox.take(origin.source, origin.event_id, now), Haste.ANSWER
        )

    def _look_up(self, command: Command, origin: Origin | None) -> Answer:
        look = self._questions[type(command)]
        try:
            with self._reading() as uow:
                answer = self.dependencies.call(look, command, uow=uow)
        except (BotError, Missing) as error:
            refusal: Exception = error
            return self.writer.run(partial(self._refuse, command, origin, refusal), Haste.ANSWER)
        if type(answer) in self._commands:
            return self._go_on(answer, origin)
        if origin and origin.reply and isinstance(answer, Notice):
            self.writer.run(lambda uow: self._tell_once(uow, origin, answer), Haste.ANSWER)
        found: Answer = answer
        return found

    def _go_on(self, command: Command, origin: Origin | None) -> Answer:
        """A look that has to be written down becomes a command, whose answer is the look's."""
        noted = replace(origin, event_id=f"{origin.event_id}:noted", reply=None) if origin else None
        return self.writer.run(lambda uow: self._perform(uow, command, noted), Haste.ANSWER)

    def _tell_once(self, uow: UnitOfWork, origin: Origin, answer: Answer) -> None:
        if uow.inbox.take(origin.source, origin.event_id, self.clock.now()):
            self._remember(uow, origin, answer)
            self.dispatch(uow)

    def _refuse(
        self, command: Command, origin: Origin | None, refusal: Exception, uow: UnitOfWork
    ) -> Answer:
        """Nothing of what the command did is kept; that it was refused is."""
        now = self.clock.now()
        if origin and self._is_repeated(uow, origin, now):
            return _decoded(uow.inbox.answer(origin.source, origin.event_id))
        if origin and origin.reply:
            _note_click(uow, origin.reply, now)
        answer = self._refused(uow, command, origin, refusal)
        if origin and origin.reply:
            self._remember(uow, origin, answer)
        elif origin:
            uow.inbox.answered(origin.source, origin.event_id, {"refused": True})
        self.dispatch(uow)
        return answer

    def _is_repeated(self, uow: UnitOfWork, origin: Origin, now: datetime) -> bool:
        """Whether this input is done with. One that was refused and privately told so nowhere is
        not: a form stands before its person with all they typed, and they send it once more."""
        if uow.inbox.take(origin.source, origin.event_id, now):
            return False
        stored = uow.inbox.answer(origin.source, origin.event_id) or {}
        if "refused" not in stored:
            return True
        uow.inbox.answered(origin.source, origin.event_id, None)
        return False

    def _perform(self, uow: UnitOfWork, command: Command, origin: Origin | None) -> Answer:
        now = self.clock.now()
        if origin and self._is_repeated(uow, origin, now):
            return _decoded(uow.inbox.answer(origin.source, origin.event_id))
        if origin and origin.reply:
            _note_click(uow, origin.reply, now)
        answer: Answer = self.dependencies.call(self._commands[type(command)], command, uow=uow)
        if origin:
            self._remember(uow, origin, answer)
        self.dispatch(uow)
        return answer

    def _refused(
        self, uow: UnitOfWork, command: Command, origin: Origin | None, refusal: Exception
    ) -> Answer:
        by: Account | None = getattr(command, "by", None)
        uow.record(
            self.clock.now(),
            "refused",
            f"{by.surface}:{by.user}" if by else (origin.source if origin else "system"),
            type(command).__name__,
            _ids(command) | {"because": type(refusal).__name__},
        )
        if isinstance(refusal, InvalidForm):
            return FormErrors(refusal.fields)
        if isinstance(refusal, BotError):
            return Notice(refusal.user_message)
        return Notice("That is not here any more. It may have been removed since.")

    def _remember(self, uow: UnitOfWork, origin: Origin, answer: Answer) -> None:
        if encoded := _encoded(answer):
            uow.inbox.answered(origin.source, origin.event_id, encoded)
        if origin.reply and isinstance(answer, Notice):
            reply = origin.reply
            uow.emit(
                events.PrivatelyTold(
                    reply.surface, reply.channel, reply.user, answer.text, reply.via, reply.thread
                ),
                urgent=0,
            )

    def dispatch(self, uow: UnitOfWork) -> None:
        """Turn what the transaction emitted into deliveries, one per subscribed step."""
        if not uow.events:
            return
        now = self.clock.now()
        lanes: Counter[Lane] = Counter()
        rows = []
        for emitted in uow.events:
            for step in self._subscribers.get(type(emitted.event), ()):
                due = emitted.due or now
                rows.append(
                    {
                        "lane": step.lane.value,
                        "step": step.name,
                        "event": type(emitted.event).__name__,
                        "payload": asdict(emitted.event),
                        "key": emitted.key and key_of(emitted.key, step.name),
                        "urgent": emitted.urgent,
                        "due": due,
                        "state": "waiting",
                        "attempts": 0,
                        "held": 0,
                        "created_at": now,
                    }
                )
                if due <= now:
                    lanes[step.lane] += 1
        uow.events.clear()
        uow.deliveries.add(rows)
        for lane, count in lanes.items():
            uow.after_commit(partial(self._wake, lane, count))

    def _wake(self, lane: Lane, count: int) -> None:
        self.wake(lane, count)


def _note_click(uow: UnitOfWork, reply: Reply, now: datetime) -> None:
    """The clicked copy can be redrawn through the click's own address, which no quota limits."""
    if reply.via and reply.message:
        uow.card_posts.clicked(
            reply.surface, reply.channel, reply.message, reply.via, now + VIA_LIVES
        )


def _ids(command: Command) -> dict[str, int]:
    """Only numbers: the typed words of a refused command are nobody's business."""
    return {name: value for name, value in vars(command).items() if isinstance(value, int)}


def _encoded(answer: Answer) -> dict[str, Any] | None:
    if isinstance(answer, Notice):
        return {"notice": answer.text}
    if isinstance(answer, FormErrors):
        return {"errors": dict(answer.fields)}
    if isinstance(answer, Told):
        return {"told": dict(answer.facts)}
    # Its words are not kept: a form that comes back is asked for again, and changes nothing.
    return {"refused": True} if isinstance(answer, Form) else None


def _decoded(stored: Mapping[str, Any] | None) -> Answer:
    if stored and "notice" in stored:
        return Notice(stored["notice"])
    if stored and "told" in stored:
        return Told(stored["told"])
    if stored and "errors" in stored:
        return FormErrors(stored["errors"])
    return None
