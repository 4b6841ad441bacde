"""A mail server on loopback that keeps what it is given, and people who follow what it brings."""

import asyncio
import re
import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

import httpx
from aiosmtpd.controller import Controller

from bot.config.outside import MailSettings
from bot.handlers.smtp import SmtpMail
from bot.watchers import Watchers
from tests.company import LEA
from tests.flows.enrolling import code, enrolled
from tests.flows.scenes import REFUND
from tests.world import World

MAIL = {
    "approvals: {grace: 0s, step_up: {}}": "approvals: {grace: 0s, step_up: {}, by_mail: "
    "{after: 5m}}\nmail: {host: 127.0.0.1, tls: none, from: backstop@larkspur.example}\n"
    "server: {public_url: URL}",
    "slack: U0LEA,": "slack: U0LEA, email: lea@larkspur.example,",
    "slack: U0NIA,": "slack: U0NIA, email: nia@larkspur.example,",
}
LEAS, NIAS = "lea@larkspur.example", "nia@larkspur.example"


@dataclass(frozen=True)
class Arrived:
    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        found = re.search(r"http\S+/approve/\S+", self.text)
        assert found, self.text
        return found[0]


@dataclass
class Letters:
    """`answer` is what the server says to whom a letter is for, instead of taking it; so many times
    it `hangs_up` on what it has taken, and says nothing."""

    arrived: list[Arrived] = field(default_factory=list)
    answer: str = ""
    hangs_up: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, *_: Any) -> str:
        if not self.answer:
            envelope.rcpt_tos.append(to)
        return self.answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        told = message_from_bytes(envelope.content, policy=policy.default)
        body = told.get_body()
        assert body is not None
        [to] = envelope.rcpt_tos
        self.arrived.append(Arrived(to, told["Subject"], body.get_content()))
        if self.hangs_up:
            self.hangs_up -= 1
            server.transport.abort()
        return "250 OK"

    def to(self, who: str) -> list[Arrived]:
        return [one for one in self.arrived if one.to == who]

    def server(self) -> Controller:
        return Controller(self, "127.0.0.1", free_port())


def free_port() -> int:
    """Of this moment: nobody listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def connect(world: World, port: int) -> None:
    """The bot sends through the server that listens there."""
    told = world.backstop.settings.mail
    assert isinstance(told, MailSettings)
    here = told.model_copy(update={"port": port})
    world.backstop.bus.dependencies.know(mail=SmtpMail(here, None, world.clock))


def ask_standings(world: World) -> None:
    """The look at who is still there, which comes by itself."""
    asyncio.run(Watchers(world.backstop).look_for_departed())


def outage(world: World, words: str = REFUND, customer: str = "joy") -> None:
    """Slack goes down, somebody asks for a refund, and the time to wait passes."""
    world.workspace.faults.down = True
    world.write(customer, words, "Money back")
    world.later(minutes=5)


def lea_is_asked(world: World, letters: Letters) -> tuple[str, str]:
    """Chat is down, and Lea has an e-mail; its link, and the key of her authenticator."""
    key = enrolled(world, LEA)
    ask_standings(world)
    outage(world)
    [letter] = letters.to(LEAS)
    return letter.link, key


def look(world: World, link: str) -> httpx.Response:
    return world.server.http.get(link)


def approve(world: World, link: str, key: str, **more: str) -> httpx.Response:
    typed = {"do": "approval.grant", "code": code(world, key)} | more
    answer = world.server.http.post(link, data=typed)
    world.settle()
    return answer


def reject(world: World, link: str, key: str, why: str = "She was refunded") -> httpx.Response:
    return approve(world, link, key, do="approval.reject", reason=why)
