"""Shows cards: posted once per place, redrawn from the row ever after; and says private words."""

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import events
from bot.cards import Block, Card, Span, Strong, Text, marked
from bot.config import Settings
from bot.dossier import subject_line
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater, Unreachable
from bot.people import Account, Standing
from bot.ports import ChatSurface, Clock, Place
from bot.publisher import Drawings, leading_to
from bot.steps import Again, Dependencies, Lane, Park, Step, Verdict, later
from storage.models import CardPost, PostState
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Surfaces = Mapping[str, ChatSurface]

NOT_CONNECTED_S = 60.0
LONGEST_WAIT_S = 60.0
_DRAWING = threading.Lock()

# What a surface says when a copy can never be shown there (again).
_GONE = {
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "not_in_channel",
    "message_not_found",
    "cant_update_message",
    "edit_window_closed",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "channel_is_shared",
    "cannot_dm_bot",
    "user_disabled",
    "user_not_found",
}
# Who decides about money, and about whose, is no other company's business, unless a gate names it;
# nor are articles that are not everybody's.
_INSIDE = {"approval", "article", "likeness", "mirror", "question", "version"}


@dataclass(frozen=True)
class Showing:
    """What one copy needs: posted where nothing was, looked for where a try had no answer.

    `shown` is the digest of what stands there now.
    """

    post: int
    surface: str
    channel: str
    place: str | None
    message: str | None
    thread: str | None
    marker: str
    looks_first: bool
    since: datetime
    via: str | None
    card_key: str
    shown: str | None


@dataclass(frozen=True)
class Shown:
    """Where the copy stands, and the digest of what it says."""

    place: Place
    digest: str


@dataclass(frozen=True)
class Telling:
    """A private word; `looks_first` when an earlier try may have had no answer."""

    told: events.PrivatelyTold | events.ChannelTold
    marker: str
    looks_first: bool
    since: datetime
    card: Card


def plan_showing(
    event: events.CardChanged, uow: UnitOfWork, clock: Clock, delivery: Claimed
) -> Showing | Again | None:
    post = uow.card_posts.get(event.post)
    if post.state is PostState.GONE:
        return None
    now = clock.now()
    where = _where(post, uow, now - delivery.created_at)
    if not isinstance(where, tuple):
        return where
    channel, thread = where
    looks_first = post.state is PostState.POSTING
    if post.message is None:
        uow.card_posts.settle(post.id, PostState.POSTING)
    return Showing(
        post=post.id,
        surface=post.surface,
        channel=channel,
        place=post.place,
        message=post.message,
        thread=thread,
        marker=post.marker,
        looks_first=looks_first,
        since=post.created_at,
        via=post.via if post.via_until and post.via_until > now else None,
        card_key=post.card_key,
        shown=post.shown if post.message else None,
    )


def _where(
    post: CardPost, uow: UnitOfWork, waited: timedelta
) -> tuple[str, str | None] | Again | None:
    """Channel and thread of a post; None when it may not stand there without its thread."""
    if post.parent_id is None:
        return post.channel, None
    parent = uow.card_posts.get(post.parent_id)
    if parent.state is PostState.GONE:
        # What is nobody else's business takes along what belongs to it.
        return None if _kind_and_id(parent.card_key)[0] in _INSIDE else (post.channel, None)
    if parent.message is None:
        # Soon, as a rule; what it waits for may be a dead letter, though.
        wait = min(LONGEST_WAIT_S, max(1.0, waited.total_seconds() / 4))
        return Again(wait, "its thread is not there yet", held=True)
    return parent.place or parent.channel, parent.message


def _kind_and_id(card_key: str) -> tuple[str, str]:
    kind, _, ident = card_key.rpartition("-")
    return kind, ident


def act_showing(
    intent: Showing,
    surfaces: Surfaces,
    settings: Settings,
    drawings: Drawings,
    dependencies: Dependencies,
    reading: Callable[[], UnitOfWork],
) -> Shown | None:
    """A card takes many questions to draw, so it is drawn here, where no click waits for it; one
    at a time, since two would take their turns in Python from each other and from clicks."""
    kind, ident = _kind_and_id(intent.card_key)
    with _DRAWING, reading() as uow:
        card = dependencies.call(drawings[kind], int(ident), uow=uow)
    if card is None:
        return None
    digest = hashlib.sha256(repr(card).encode()).hexdigest()[:32]
    if intent.shown == digest:
        return None
    readers = settings.workspaces_of(card.partners) if kind in _INSIDE else None
    return Shown(_put_up(intent, card, readers, _connected(surfaces, intent.surface)), digest)


def _put_up(
    intent: Showing, card: Card, readers: frozenset[str] | None, surface: ChatSurface
) -> Place:
    """`readers` are the workspaces whose people may read along; None: anybody may."""
    if intent.message and intent.place:
        place = Place(intent.surface, intent.place, intent.message)
        surface.update(place, card, intent.via)
        return place
    channel = intent.channel
    if channel.startswith("@"):
        channel = surface.direct(channel[1:])
    elif readers is not None and not surface.shared_with(channel) <= readers:
        raise Refused("channel_is_shared")
    if intent.looks_first:
        found = surface.find(channel, intent.marker, intent.since, intent.thread)
        if found is not None:
            surface.update(found, card)
            return found
    return surface.post(channel, card, intent.marker, intent.thread)


def settle_showing(
    event: events.CardChanged,
    intent: Showing,
    outcome: Shown | OutsideError | None,
    uow: UnitOfWork,
) -> Verdict:
    match outcome:
        case None:
            _untouched(intent, uow)
            return None
        case Shown():
            uow.card_posts.settle(
                intent.post,
                PostState.SHOWN,
                place=outcome.place.channel,
                message=outcome.place.message,
                shown=outcome.digest,
            )
            return None
        case TryLater():
            _untouched(intent, uow)
            return later(str(outcome), outcome.retry_after)
        case OutcomeUnknown():
            return Again(reason=str(outcome))
        case Refused() if outcome.code in _GONE:
            uow.card_posts.settle(intent.post, PostState.GONE)
            uow.emit(events.CardLost(intent.post, outcome.code))
            return None
        case Refused():
            return Park(outcome.code)
    return Again(reason=str(outcome))


def _untouched(intent: Showing, uow: UnitOfWork) -> None:
    """Nothing was posted this time; an earlier try may have been."""
    if intent.message is None and not intent.looks_first:
        uow.card_posts.settle(intent.post, PostState.NEW)


def plan_telling(
    event: events.PrivatelyTold | events.ChannelTold, uow: UnitOfWork, delivery: Claimed
) -> Telling:
    marker = f"told-{delivery.id}"
    about = event.ticket if isinstance(event, events.PrivatelyTold) else None
    blocks: tuple[Block, ...] = (Text(marked(event.text)),)
    if about is not None:
        blocks += (Text(_about(about, uow)),)
    card = Card(marker, "", (event.nameless or event.text).replace("`", ""), blocks)
    return Telling(event, marker, delivery.attempts > 1, delivery.created_at, card)


def _about(ticket_id: int, uow: UnitOfWork) -> tuple[Span, ...]:
    ticket, text = uow.tickets.get(ticket_id), uow.tickets.text(ticket_id)
    subject = subject_line(text) if text else "the words were erased"
    escalation = uow.escalations.open_of(ticket_id)
    led = leading_to(uow, f"escalation-{escalation.id}", subject) if escalation else subject
    return (Strong(f"P{ticket.priority or 3}"), " · ", led)


def act_telling(intent: Telling, surfaces: Surfaces) -> None:
    """An answer stands where it was asked for. What nobody asked for is a message of its own,
    since a whisper is lost on whoever is not looking at that moment."""
    told = intent.told
    surface = _connected(surfaces, told.surface)
    channel = told.channel
    if isinstance(told, events.PrivatelyTold):
        if not channel.startswith("@"):
            surface.whisper(channel, told.user, told.text, told.via, told.thread)
            return
        try:
            channel = surface.direct(told.user)
        except Unreachable as nobody:
            log.warning("%s is told nothing: %s", told.user, nobody.code)
            return
    if intent.looks_first and surface.find(channel, intent.marker, intent.since):
        return
    surface.post(channel, intent.card, intent.marker)


def plan_home(
    event: events.HomeChanged, uow: UnitOfWork, drawings: Drawings, dependencies: Dependencies
) -> tuple[events.HomeChanged, Card]:
    standing = Standing(event.standing)
    account = Account(event.surface, event.user, event.workspace, standing)
    card = dependencies.call(drawings["home"], account, uow=uow)
    return event, card


def act_home(intent: tuple[events.HomeChanged, Card], surfaces: Surfaces) -> None:
    event, card = intent
    _connected(surfaces, event.surface).show_home(event.user, card)


def _connected(surfaces: Surfaces, name: str) -> ChatSurface:
    """What is to be shown waits for a start with the secrets that are missing now."""
    if name not in surfaces:
        raise TryLater(f"{name} is not connected: see backstop check", NOT_CONNECTED_S)
    return surfaces[name]


SUBSCRIBERS: dict[type[Any], tuple[Step, ...]] = {
    events.CardChanged: (Step("show card", Lane.POSTS, plan_showing, act_showing, settle_showing),),
    events.PrivatelyTold: (Step("tell privately", Lane.POSTS, plan_telling, act_telling),),
    events.ChannelTold: (Step("tell channel", Lane.POSTS, plan_telling, act_telling),),
    events.HomeChanged: (Step("show home", Lane.POSTS, plan_home, act_home),),
}
