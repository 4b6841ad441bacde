"""The same words sent twice, to a help desk that keeps no marker of ours."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot import polling
from bot.bootstrap import Backstop, build
from bot.config import load
from bot.outgoing import Outgoing
from sandbox import helpdesk
from sandbox.helpdesk import Change, HelpDesk
from storage.models import Author, Message
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

    def read(self) -> list[str]:
        return [one.text for one in self.desk.tickets[1001].comments if one.author.is_staff]


@pytest.fixture
def conversation(database_url: str, tmp_path: Path) -> Iterator[OneConversation]:
    clock = SteerableClock()
    people = [{"id": "c", "account": "a", "name": "Ada", "email": "ada@client.example"}]
    desk = HelpDesk(people, [], now=lambda: clock.now().timestamp())
    ada = desk.directory.customer("ada@client.example")
    desk.open_ticket(ada, "Broken", Change(text="It broke."))
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
