"""Words sent to a help desk that keeps no marker of ours."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot import polling
from bot.bootstrap import Backstop, build
from bot.config import load
from bot.errors import OutsideError
from bot.handlers.http.intercom import Intercom
from bot.outgoing import Outgoing
from sandbox import helpdesk
from sandbox.helpdesk import Change, HelpDesk
from storage.models import Author, EffectState, Message
from storage.unit_of_work import UnitOfWork
from tests.clock import SteerableClock
from tests.sandbox.serving import serving

APP_YAML = """\
company: {name: Acme, time_zone: Europe/Berlin, currency: EUR}
modes: {default: live}
help_desk: {kind: intercom, url: URL/intercom, token: DESK_TOKEN}
"""


@dataclass(frozen=True)
class OneConversation:
    desk: HelpDesk
    clock: SteerableClock
    bot: Backstop

    def say(self, text: str) -> None:
        outgoing = Outgoing(self.bot.settings, self.clock)

        def send(uow: UnitOfWork) -> None:
            ticket = uow.tickets.by_ref("intercom", "1001")
            assert ticket is not None
            words = Message(
                ticket_id=ticket.id,
                customer_id=ticket.customer_id,
                author=Author.PERSON,
                person="ana",
                body=text,
                draft=True,
                created_at=self.clock.now(),
            )
            outgoing.say(uow, uow.tickets.say(words), "person:ana")
            self.bot.bus.dispatch(uow)

        self.bot.writer.run(send)
        self.carry()

    def carry(self) -> None:
        self.bot.worker.run_due()

    def seconds_pass(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(seconds=1)
            self.carry()

    def minutes_pass(self, minutes: int) -> None:
        for _ in range(minutes):
            self.clock.advance(minutes=1)
            self.carry()

    def sendings(self) -> list[tuple[EffectState, str | None]]:
        with self.bot.reading() as uow:
            ticket = uow.tickets.by_ref("intercom", "1001")
            assert ticket is not None
            found = uow.effects.of_ticket(ticket.id)
            return [(one.state, one.trouble) for one in found if one.kind == "reply"]

    def read(self) -> list[str]:
        """What the customer reads by now; whoever asks the help desk has what is due arrive."""
        assert self.bot.outside.help_desk is not None
        self.bot.outside.help_desk.ticket("1001")
        return [one.text for one in self.desk.tickets[1001].comments if one.author.is_staff]


@pytest.fixture
def conversation(database_url: str, tmp_path: Path) -> Iterator[OneConversation]:
    clock = SteerableClock()
    people = [{"id": "c", "account": "a", "name": "Ada", "email": "ada@client.example"}]
    desk = HelpDesk(people, [], now=lambda: clock.now().timestamp())
    ada = desk.directory.customer("ada@client.example")
    desk.open_ticket(ada, "A question", Change(text="I want to speak to a person."))
    environ = {"BACKSTOP_DATABASE_URL": database_url, "DESK_TOKEN": "intercom-token"}
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        file = tmp_path / "app.yaml"
        file.write_text(APP_YAML.replace("URL", url))
        bot = build(load(file, environ), environ, clock)
        assert bot.outside.help_desk is not None
        with closing(bot), closing(bot.outside.help_desk):
            asyncio.run(polling.look(bot))
            bot.worker.run_due()
            yield OneConversation(desk, clock, bot)


def test_an_earlier_reply_in_the_same_words_is_not_taken_for_this_one(
    conversation: OneConversation,
) -> None:
    """
    What is known to be another's does not answer for a sending whose outcome nobody knows.
    """
    conversation.say("We are looking into it.")
    conversation.clock.advance(seconds=20)
    conversation.desk.faults.error_500_next = 1

    conversation.say("We are looking into it.")
    conversation.clock.advance(minutes=1)
    conversation.carry()

    assert conversation.read().count("We are looking into it.") == 2


def test_what_was_answered_with_a_yes_is_said_once(conversation: OneConversation) -> None:
    """
    Whatever Intercom's clock says and makes of the words: they have reached the customer.
    """
    faults = conversation.desk.faults
    faults.curl_quotes, faults.intercom_behind_seconds = 1.0, 120

    conversation.say("We're looking into it.")
    conversation.minutes_pass(40)

    assert conversation.read() == ["We\u2019re looking into it."]
    assert conversation.sendings() == [(EffectState.DONE, None)]


@pytest.mark.parametrize(("behind", "curled"), [(120, 0), (0, 1)])
def test_a_lost_answer_to_words_that_nobody_can_place_is_left_to_a_person(
    conversation: OneConversation, behind: float, curled: int
) -> None:
    """Law: rather one message that a person has to look at than the same one all the time."""
    faults = conversation.desk.faults
    faults.drop_after_commit_next = 1
    faults.curl_quotes_next, faults.intercom_behind_seconds = curled, behind

    conversation.say("We're looking into it.")
    conversation.minutes_pass(40)

    assert len(conversation.read()) == 1
    assert conversation.sendings() == [(EffectState.STUCK, "unknown")]


def test_a_yes_of_which_nothing_is_to_be_seen_is_left_to_a_person_at_once(
    conversation: OneConversation,
) -> None:
    """Law: what was answered with a yes is never sent again."""
    conversation.desk.faults.blank_answer_next = 1

    conversation.say("We are looking into it.")
    assert conversation.sendings() == [(EffectState.STUCK, "unknown")]

    conversation.minutes_pass(5)
    assert conversation.read() == []


def test_words_that_arrive_late_are_not_said_a_second_time(conversation: OneConversation) -> None:
    """Law: while an earlier sending may still arrive, it is looked for and nothing is sent."""
    faults = conversation.desk.faults
    faults.land_late_next, faults.land_late_seconds = 1, 15

    conversation.say("We are looking into it.")
    conversation.seconds_pass(30)
    conversation.minutes_pass(2)

    assert conversation.read() == ["We are looking into it."]
    assert conversation.sendings() == [(EffectState.DONE, None)]


def test_what_was_sent_last_may_arrive_as_late_as_the_first(
    conversation: OneConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: the wait begins with each sending anew, also with one behind which the process died."""
    reply = Intercom.reply

    def dies(desk: Intercom, *words: str) -> str:
        with suppress(OutsideError):
            reply(desk, *words)
        raise KeyboardInterrupt

    faults = conversation.desk.faults
    faults.error_500_next = 1
    conversation.say("We are looking into it.")
    faults.land_late_next, faults.land_late_seconds = 1, 15
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Intercom, "reply", dies)
        conversation.seconds_pass(60)

    conversation.seconds_pass(60)

    assert conversation.read() == ["We are looking into it."]
    assert conversation.sendings() == [(EffectState.DONE, None)]


def test_words_that_never_arrived_are_said_after_all(conversation: OneConversation) -> None:
    """Law: once an earlier sending can not arrive any more, the next one is made."""
    conversation.desk.faults.error_500_next = 1

    conversation.say("We are looking into it.")
    conversation.minutes_pass(2)

    assert conversation.read() == ["We are looking into it."]
