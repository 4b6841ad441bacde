"""What somebody waits for at a screen is written before what nobody waits for."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from bot import approval_commands, commands
from bot.bootstrap import reading
from bot.bus import Bus, Origin, Reply
from bot.cards import Answer, Notice
from bot.errors import NotAllowed
from bot.people import Account, Standing
from bot.steps import Commands, Dependencies
from storage.engine import open_engine
from storage.jobs import Haste, Instead
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.clock import SteerableClock
from tests.company import ANA, GENERAL, HOME

BY = Account("slack", ANA, HOME, Standing.MEMBER)
REPLY = Reply("slack", GENERAL, ANA)


class NotingWriter(Writer):
    """Remembers how urgent its jobs were."""

    hastes: tuple[Haste, ...] = ()

    def submit(
        self,
        job: Callable[[UnitOfWork], Any],
        haste: Haste = Haste.NONE,
        instead: Instead = lambda error: None,
    ) -> "Future[Any]":
        self.hastes += (haste,)
        return super().submit(job, haste, instead)


def refuse(command: approval_commands.ListApprovals) -> Answer:
    raise NotAllowed("This is for approvers.")


def answer(command: commands.ShowMe) -> Answer:
    return Notice("You are Ana Ruiz.")


def test_every_answer_goes_before_what_nobody_waits_for(database_url: str) -> None:
    """
    A refused question, a question answered in a sentence, and a word about what was no command.
    """
    engine = open_engine(database_url)
    writer = NotingWriter(engine)
    questions: Commands = {approval_commands.ListApprovals: refuse, commands.ShowMe: answer}
    bus = Bus({}, questions, {}, writer, lambda: reading(engine), SteerableClock(), Dependencies())

    refused = bus.handle(approval_commands.ListApprovals(BY), Origin("slack", "mention:1", REPLY))
    answered = bus.handle(commands.ShowMe(BY), Origin("slack", "mention:2", REPLY))
    bus.tell(Origin("slack", "click:3", REPLY), "Please press again.").result(10)

    assert (refused, answered) == (Notice("This is for approvers."), Notice("You are Ana Ruiz."))
    assert writer.hastes == (Haste.ANSWER,) * 3
    bus.close()
    writer.close()
    engine.dispose()
