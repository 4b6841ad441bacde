"""Five steps that show what the bot is for; each is done when the outside systems say so."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sandbox.arrivals import Arrivals
from sandbox.bot_process import BotProcess
from sandbox.helpdesk.records import Ticket
from sandbox.plug import Plug, count
from sandbox.slack.channels import Channel
from sandbox.world import World

Json = dict[str, Any]

CARD_WITHIN_S = 8.0
LOOK_EVERY_S = 0.02
# A form counts as sent when it was acknowledged, which may be this long after its effect.
ACKNOWLEDGED_WITHIN_S = 3.0

STARTING = {
    "importing": "The bot reads the company’s articles and customers; then this button works.",
    "starting": "The bot is starting; it takes some seconds, and then this button works.",
    "stopped": "The bot is not running; this button works once its light is green.",
}


@dataclass(frozen=True)
class Card:
    channel: Channel
    ts: str


@dataclass
class Step:
    n: int
    title: str
    text: str
    done: bool
    note: str = ""
    buttons: list[Json] = field(default_factory=list)
    evidence: list[Json] = field(default_factory=list)

    def shown(self) -> Json:
        return {**self.__dict__}


class Tour:
    """Reads workspace, help desk and ledger at each look; remembers cards and the pulled plug."""

    def __init__(self, world: World, arrivals: Arrivals, bot: BotProcess | None) -> None:
        self._world = world
        self._arrivals = arrivals
        self._bot = bot
        self._ids: dict[str, str] = world.company.tour
        self._plug = Plug(world.provider, bot)
        self._cards: dict[str, Card] = {}
        self.buttons: dict[int, Callable[[], Awaitable[Json]]] = {
            1: self._let_arrive,
            3: self._send_refund,
            4: self._arm_plug,
        }

    async def stop(self) -> None:
        await self._plug.stop()

    def state(self) -> Json:
        steps = [self._arrival(), self._reply(), self._refund(), self._survival(), self._question()]
        return {"steps": [step.shown() for step in steps]}

    # -- the steps

    def _arrival(self) -> Step:
        card = self._card("executive")
        text = (
            "An executive of a customer writes in, and it is not for a machine. Let the ticket "
            "arrive: the bot decides to escalate and posts one card in the right channel."
        )
        sent = self._arrivals.find(self._ids["executive"]) is not None
        waits = "" if self._bot is None else STARTING.get(self._bot.record.state, "")
        button = _button("arrive", "Let it arrive", "primary", disabled=bool(waits))
        if sent:
            button = _button("look", "Show me the channel", place=self._place(card))
        done = card is not None
        note = waits or ("On its way…" if sent else "")
        return Step(1, "An executive’s ticket arrives", text, done, "" if done else note, [button])

    def _reply(self) -> Step:
        ticket = self._arrivals.find(self._ids["executive"])
        text = (
            "Press Claim on the card, so that everybody knows it is yours. Then “Reply to "
            "customer”: what you write in the thread stays inside, what you send there goes out."
        )
        buttons = [
            _button("card", "Take me to the card", place=self._place(self._card("executive")))
        ]
        if ticket is not None:
            buttons.append(_button("customer", "The customer’s side", place=_helpdesk(ticket)))
        done = ticket is not None and self._answered_by_a_person(ticket)
        return Step(2, "Claim it and reply to the customer", text, done, "", buttons)

    def _refund(self) -> Step:
        text = (
            "A customer wants money back. The agent may only propose it: an approval card waits "
            "for someone who is entitled. Become that person and press Approve."
        )
        refunds = self._refunds("refund")
        done = bool(refunds)
        note = f"The ledger shows {count(refunds)}." if done else ""
        buttons = self._ways("refund") or [_button("refund", "Send the refund ticket", "primary")]
        return Step(3, "Approve a refund", text, done, note, buttons)

    def _survival(self) -> Step:
        text = (
            "Another refund, but worse: the moment the provider has paid, its answer is lost and "
            "the bot is killed with kill -9. Pull the plug, approve the card that arrives, and "
            "watch it come back, look before it acts, and pay nothing twice."
        )
        refunds = self._refunds("plug_refund")
        done = len(refunds) == 1 and self._plug.is_back
        buttons = self._ways("plug_refund") or [_button("plug", "Pull the plug", "danger")]
        if done:
            buttons = [_button("ledger", "Show the ledger", place={"tab": "payments"})]
        title, evidence = "Pull the plug in the middle", self._plug.evidence(refunds)
        return Step(4, title, text, done, self._plug.note, buttons, evidence)

    def _question(self) -> Step:
        question = f"/kb {self._ids['kb_question']}"
        text = (
            "Ask the knowledge base from any channel. The answer is for your eyes alone and cites "
            f"its articles. Try: {question}"
        )
        place = {"tab": "workspace", "channel": "general", "type": question}
        buttons = [_button("ask", "Write it for me", "primary", place=place)]
        asked = any(
            line.get("kind") == "/kb" and line["status"] == 200
            for line in self._world.workspace.journal.since(0)
        )
        return Step(5, "Ask /kb", text, asked, "", buttons)

    # -- the buttons

    async def _let_arrive(self) -> Json:
        return await self._send("executive")

    async def _send_refund(self) -> Json:
        return await self._send("refund", stay=True)

    async def _arm_plug(self) -> Json:
        self._plug.arm(lambda: self._refunds("plug_refund"))
        return await self._send("plug_refund", stay=True)

    async def _send(self, name: str, *, stay: bool = False) -> Json:
        """Let a ticket of the tour arrive, and wait a moment for the card it brings about."""
        self._arrivals.send(self._ids[name])
        end = time.monotonic() + CARD_WITHIN_S
        while self._card(name) is None and time.monotonic() < end and self._is_running():
            await asyncio.sleep(LOOK_EVERY_S)
        card = self._card(name)
        if card is None:
            return {"tab": "workspace"}
        return {**self._place(card), **({"as": None} if stay else {})}

    # -- what the outside systems say

    def _card(self, name: str) -> Card | None:
        """The bot's first post in a channel that speaks of this ticket or its customer."""
        ticket = self._arrivals.find(self._ids[name])
        if ticket is None or name in self._cards:
            return self._cards.get(name)
        found = [
            Card(channel, ts)
            for channel, ts, words in self._posts(ticket.created)
            if any(word in words for word in _marks(ticket))
        ]
        if found:
            self._cards[name] = min(found, key=lambda card: card.ts)
        return self._cards.get(name)

    def _posts(self, since: float) -> Iterator[tuple[Channel, str, str]]:
        for channel in self._world.workspace.channels.values():
            if channel.is_im:
                continue
            for ts in channel.timeline:
                message = channel.messages[ts]
                if message.get("bot_id") and float(ts) >= since:
                    yield channel, ts, f"{message['text']} {message.get('blocks', '')}"

    def _answered_by_a_person(self, ticket: Ticket) -> bool:
        """A public reply that came after somebody had submitted a form in the workspace."""
        sent = [
            line["at"]
            for line in self._world.workspace.journal.since(0)
            if line.get("kind") == "view_submission" and line["at"] >= ticket.created
        ]
        replies = [one.at for one in ticket.comments if one.public and one.author.is_staff]
        return bool(sent and replies) and max(replies) >= min(sent) - ACKNOWLEDGED_WITHIN_S

    def _refunds(self, name: str) -> list[Json]:
        ticket = self._arrivals.find(self._ids[name])
        charge = self._world.company.ticket(self._ids[name]).get("charge")
        rows = self._world.provider.ledger.rows()["refunds"]
        return [
            row
            for row in rows
            if ticket and row["charge"] == charge and row["at"] >= ticket.created
        ]

    def _is_running(self) -> bool:
        return self._bot is not None and self._bot.record.pid is not None

    # -- where the buttons lead

    def _ways(self, name: str) -> list[Json]:
        if self._arrivals.find(self._ids[name]) is None:
            return []
        card = self._card(name)
        # Who may approve is known by where the card is; before that there is nobody to become.
        place = self._place(card, approving=True)
        ledger = {"tab": "payments"}
        become = "Become the approver"
        return [
            _button("approver", become, "primary", place=place, disabled=card is None),
            _button("ledger", "Show the ledger", place=ledger),
        ]

    def _place(self, card: Card | None, *, approving: bool = False) -> Json:
        if card is None:
            return {"tab": "workspace", "channel": "escalations"}
        person = self._person(card.channel, approving=approving)
        return {"tab": "workspace", "channel": card.channel.name, "as": person}

    def _person(self, channel: Channel, *, approving: bool) -> str | None:
        """A member of the home workspace who sits in the channel, entitled if need be."""
        wanted = "approv" if approving else "specialist"
        home = [
            one
            for one in self._world.company.people
            if one["id"] in channel.members and not any(one.get(mark) for mark in _NOT_HOME)
        ]
        fitting = [one for one in home if any(wanted in role for role in one.get("roles", ()))]
        return next((one["id"] for one in [*fitting, *home]), None)


_NOT_HOME = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted")


def _marks(ticket: Ticket) -> list[str]:
    return [ticket.requester.name, f"#{ticket.id}", ticket.external_id or ticket.requester.email]


def _helpdesk(ticket: Ticket) -> Json:
    return {"tab": "helpdesk", "ticket": str(ticket.id)}


def _button(
    name: str, text: str, style: str = "", *, place: Json | None = None, disabled: bool = False
) -> Json:
    return {"name": name, "text": text, "style": style, "place": place, "disabled": disabled}
