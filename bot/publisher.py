"""What flows call, inside their transaction, to have something shown or said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot import events
from bot.cards import Card, Jump, Span
from bot.people import Person
from bot.ports import Clock
from storage.models import CardPost, PostState
from storage.repositories import Copy
from storage.unit_of_work import UnitOfWork

Drawings = Mapping[str, Callable[..., Card | None]]

DECISION, POSTING, OTHERS = 0, 1, 2


@dataclass(frozen=True)
class Publisher:
    """Keeps rows of what is to be shown where; deliveries carry it out."""

    clock: Clock

    def place(
        self,
        uow: UnitOfWork,
        card_key: str,
        surface: str,
        channel: str,
        parent: int | None = None,
        urgent: int = POSTING,
    ) -> CardPost:
        """Show the card in this channel ("@USER": to that person alone), or in a thread."""
        post = uow.card_posts.place(card_key, surface, channel, self.clock.now(), parent)
        self._changed(uow, post.id, urgent)
        return post

    def redraw(self, uow: UnitOfWork, card_key: str, urgent: int = OTHERS) -> None:
        """Every copy, from the row, as soon as limits allow; waiting redraws fold into one."""
        for copy in _living(uow.card_posts.copies(card_key)):
            self._changed(uow, copy.id, urgent)

    def redraw_clicked(self, uow: UnitOfWork, copies: Sequence[Copy], clicked: Copy | None) -> None:
        """The copy that was clicked, if any, at once, the others when their turn comes."""
        for copy in _living(copies):
            self._changed(uow, copy.id, DECISION if copy == clicked else OTHERS)

    def tell(
        self,
        uow: UnitOfWork,
        person: Person,
        text: str,
        ticket: int | None = None,
        nameless: str | None = None,
    ) -> None:
        """A private message to a person, on the first surface that knows them; with `ticket` its
        subject and the way to its card stand below. Lock screens show `text`, or `nameless` where
        `text` names somebody."""
        if person.slack:
            to = person.slack
            told = events.PrivatelyTold(
                "slack", f"@{to}", to, text, ticket=ticket, nameless=nameless
            )
            uow.emit(told)

    def whisper(
        self, uow: UnitOfWork, person: Person, channel: str, thread: str | None, text: str
    ) -> None:
        """Before this person alone where they pressed, or in private when that cannot be."""
        if person.slack:
            to = person.slack
            uow.emit(events.PrivatelyTold("slack", channel, to, text, thread=thread))

    def announce(
        self, uow: UnitOfWork, surface: str, channel: str, text: str, nameless: str | None = None
    ) -> None:
        """Plain words to everybody in a channel; `nameless` as in `tell`."""
        uow.emit(events.ChannelTold(surface, channel, text, nameless))

    def _changed(self, uow: UnitOfWork, post_id: int, urgent: int) -> None:
        uow.emit(events.CardChanged(post_id), key=f"post:{post_id}", urgent=urgent)


def leading_to(uow: UnitOfWork, card_key: str, label: str) -> Span:
    """The label, leading to the copy of the card that stands in a channel, once there is one."""
    for post in uow.card_posts.of(card_key):
        if post.place and post.message and not post.channel.startswith("@"):
            return Jump(post.place, post.message, label)
    return label


def _living(copies: Sequence[Copy]) -> list[Copy]:
    return [copy for copy in copies if copy.state is not PostState.GONE]
