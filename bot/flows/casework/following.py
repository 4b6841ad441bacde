"""What follows by itself: the first post, climbs, reminders, the customer's next words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import events
from bot.administrators import Administrators
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.entitlement import looks_after
from bot.flows.casework import linking, promises, rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.message_cards import why_unsent
from bot.flows.casework.turns import said_or_sent, unanswered
from bot.languages import language_name
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import (
    Author,
    Certainty,
    Effect,
    EffectState,
    Escalation,
    EscalationState,
    Ticket,
    TicketStatus,
)
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

HEAD_START = timedelta(minutes=3)
_WHAT: Mapping[str, str] = {
    "reply": "The reply to the customer",
    "note": "The note",
    "status": "The new status",
}


def announce(
    event: events.EscalationRaised,
    uow: UnitOfWork,
    casework: Casework,
    administrators: Administrators,
) -> None:
    """First before those who read its language, then one post in its channel; at once where
    nobody who reads it is at work."""
    escalation = uow.escalations.get(event.escalation)
    ticket = uow.tickets.get(escalation.ticket_id)
    readers = _readers(ticket, uow, casework)
    for reader in readers:
        casework.publisher.tell(
            uow,
            reader,
            f"Ticket #{ticket.id} is written in {language_name(ticket.language)}, which you read. "
            "You are asked first.",
            ticket.id,
        )
        casework.publisher.place(uow, f"escalation-{escalation.id}", "slack", f"@{reader.slack}")
    if readers:
        casework.end_head_start(escalation.id, uow, casework.clock.now() + HEAD_START)
    else:
        _post(escalation, uow, casework, administrators)
    casework.climb_from(0, escalation.id, uow)


def post_to_channel(
    event: events.ReadersAsked, uow: UnitOfWork, casework: Casework, administrators: Administrators
) -> None:
    escalation = uow.escalations.get(event.escalation)
    if escalation.state is not EscalationState.RESOLVED:
        _post(escalation, uow, casework, administrators)


def _readers(ticket: Ticket, uow: UnitOfWork, casework: Casework) -> list[Person]:
    settings, now = casework.settings, casework.clock.now()
    if not rules.is_foreign(ticket.language, settings.company.language):
        return []
    account = dossier(uow, ticket.customer_id, now).account_ref
    return rules.readers_of(ticket.language, casework.directory.people, account, settings, now)


def _post(
    escalation: Escalation, uow: UnitOfWork, casework: Casework, administrators: Administrators
) -> None:
    """Where its category, tier and region lead; before the administrators where that is nowhere."""
    ticket = uow.tickets.get(escalation.ticket_id)
    facts = dossier(uow, ticket.customer_id, casework.clock.now()).facts
    channel = casework.settings.route(ticket.category, facts.tier, facts.region)
    if not channel:
        administrators.show(uow, f"escalation-{escalation.id}")
        return
    post = casework.publisher.place(uow, f"escalation-{escalation.id}", "slack", channel)
    for message in uow.tickets.conversation(ticket.id):
        # What came during a head start had no thread yet.
        if message.author is Author.CUSTOMER and message.created_at > escalation.created_at:
            casework.publisher.place(uow, f"message-{message.id}", "slack", channel, post.id)


def climb(event: events.EscalationUnclaimed, uow: UnitOfWork, casework: Casework) -> None:
    """The next level hears of it; while it waits for the customer, nobody needs to."""
    levels = casework.settings.escalation.climb
    escalation = uow.escalations.get(event.escalation)
    if escalation.state is not EscalationState.OPEN or event.level >= len(levels):
        return
    ticket = uow.tickets.get(escalation.ticket_id)
    if ticket.status is TicketStatus.WAITING:
        casework.climb_from(escalation.level, escalation.id, uow)
        return
    if not uow.escalations.climb(event.escalation, event.level):
        return
    account = dossier(uow, ticket.customer_id, casework.clock.now()).account_ref
    roles = levels[event.level].roles
    told = {p.id: p for role in roles for p in casework.directory.with_role(role)}
    for person in told.values():
        if not looks_after(person, account, casework.settings):
            continue
        casework.publisher.tell(
            uow,
            person,
            f"Nobody has claimed ticket #{ticket.id} yet. Can you take it, or find who can?",
            ticket.id,
        )
    casework.climb_from(event.level + 1, event.escalation, uow)
    casework.publisher.redraw(uow, f"escalation-{event.escalation}")


def remind(event: events.ClaimIdle, uow: UnitOfWork, delivery: Claimed, casework: Casework) -> None:
    """A claim without an act is reminded of privately, then given back. It is nobody's turn but
    the customer's while their words are answered or the ticket waits for them."""
    escalation = uow.escalations.get(event.escalation)
    if escalation.state is not EscalationState.CLAIMED or escalation.claims != event.claim:
        return
    ticket = uow.tickets.get(escalation.ticket_id)
    now, rests = casework.clock.now(), casework.settings.escalation
    asked = unanswered(said_or_sent(ticket, uow))
    if ticket.status is TicketStatus.WAITING or not asked:
        _look_again(event, False, now + rests.remind_claimed, uow)
        return
    since = rules.idle_since(escalation.attended_at or now, [m.created_at for m in asked])
    if event.reminded and since < delivery.created_at:
        casework.let_go(escalation, escalation.owner or "", uow)
    elif since + rests.remind_claimed > now:
        _look_again(event, False, since + rests.remind_claimed, uow)
    else:
        owner = casework.directory.get(escalation.owner or "")
        if owner:
            casework.publisher.tell(
                uow,
                owner,
                f"You hold ticket #{ticket.id} and its customer waits. "
                "Reply, release it, or set it to waiting.",
                ticket.id,
            )
        _look_again(event, True, now + rests.release_claimed - rests.remind_claimed, uow)


def _look_again(event: events.ClaimIdle, reminded: bool, due: datetime, uow: UnitOfWork) -> None:
    uow.emit(events.ClaimIdle(event.escalation, event.claim, reminded), due=due)


def follow_customer(
    event: events.CustomerWrote, uow: UnitOfWork, directory: Directory, publisher: Publisher
) -> None:
    """The customer's next words stand in the thread, where the owner alone is notified."""
    escalation = uow.escalations.open_of(event.ticket)
    if escalation is None:
        return
    is_shown = show_in_thread(escalation.id, event.message, uow, publisher)
    owner = directory.get(escalation.owner or "")
    if owner and not is_shown:
        written = f"The customer has written on ticket #{event.ticket}, which you hold."
        publisher.tell(uow, owner, written, event.ticket)
    publisher.redraw(uow, f"escalation-{escalation.id}")


def follow_effect(event: events.MessageSent, uow: UnitOfWork, casework: Casework) -> None:
    """A reply that has left counts as said, and stands in the thread."""
    effect = uow.effects.get(event.effect)
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    if message is None:
        return
    message.draft = False
    if effect.receipt:
        uow.tickets.adopt(message, effect.receipt)
    promises.keep(message.ticket_id, uow, casework)
    escalation = uow.escalations.open_of(message.ticket_id)
    if escalation is None:
        return
    if message.author is Author.PERSON and message.public:
        show_in_thread(escalation.id, message.id, uow, casework.publisher)
    casework.publisher.redraw(uow, f"escalation-{escalation.id}")


def follow_trouble(
    event: events.EffectRefused | events.EffectStuck,
    uow: UnitOfWork,
    clock: Clock,
    directory: Directory,
    publisher: Publisher,
) -> None:
    """Whoever wrote a message or set a status hears that it did not arrive, and the thread shows
    which message it was. What it promised was never told."""
    effect = uow.effects.get(event.effect)
    is_unsaid = effect.state is EffectState.REFUSED or effect.certainty is Certainty.NEVER_SENT
    if effect.message_id and is_unsaid:
        uow.promises.lapse_message(effect.message_id, clock.now())
    if effect.kind not in _WHAT:
        return
    person = directory.get(_asked_by(effect, uow))
    if person is not None:
        publisher.tell(
            uow,
            person,
            f"{_WHAT[effect.kind]} on ticket #{effect.ticket_id} did not reach the help desk: "
            f"{why_unsent(effect)}. Please look there.",
            effect.ticket_id,
        )
    escalation = uow.escalations.open_of(effect.ticket_id)
    if escalation is None:
        return
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    if message is not None and message.author is Author.PERSON and message.public:
        show_in_thread(escalation.id, message.id, uow, publisher)
    publisher.redraw(uow, f"escalation-{escalation.id}")


def _asked_by(effect: Effect, uow: UnitOfWork) -> str:
    """The id of the person on whose word it was to be done; empty when a policy said so."""
    kind, _, ident = effect.authority.partition(":")
    if kind == "approval":
        approval = uow.approvals.get(int(ident))
        written = approval.requester if approval.message_id else None
        return written or approval.decided_by or ""
    return ident if kind == "person" else ""


def follow_ticket(event: events.TicketChanged, uow: UnitOfWork, casework: Casework) -> None:
    """What is resolved or gone in the help desk is nobody's task here any more, and a colleague's
    answer there keeps a promise as well as one from here; what resolved it may be known."""
    promises.keep(event.ticket, uow, casework)
    ticket = uow.tickets.get(event.ticket)
    if ticket.status is TicketStatus.RESOLVED:
        linking.learn(ticket.id, uow, casework.clock.now())
    escalation = uow.escalations.open_of(event.ticket)
    if escalation is None:
        return
    if ticket.status.is_over:
        uow.escalations.resolve(escalation.id, None, casework.clock.now())
        uow.tickets.hand_to(ticket.id, None)
        casework.stop_climbing(escalation.id, uow)
        casework.record(uow, "escalation resolved", ticket.source, escalation.id)
    casework.publisher.redraw(uow, f"escalation-{escalation.id}")


def come_back(event: events.TicketReopened, uow: UnitOfWork, casework: Casework) -> None:
    """Reopened by somebody in the help desk, its escalation is to be claimed anew. Where the
    customer's own words reopened it, the agent has looked at them and decided."""
    ticket = uow.tickets.get(event.ticket)
    linking.unlearn(ticket.id, uow)
    escalation = uow.escalations.last_of(event.ticket)
    if escalation is None or escalation.resolved_at is None:
        return
    decision = uow.escalations.decision_of(event.ticket)
    is_decided = decision is not None and decision.created_at > escalation.resolved_at
    if is_decided or ticket.status.is_over:
        return
    owner = casework.directory.get(escalation.owner or "")
    uow.escalations.reopen(escalation.id)
    casework.record(uow, "escalation reopened", ticket.source, escalation.id)
    casework.climb_from(0, escalation.id, uow)
    casework.redraw(uow, escalation.id)
    if owner:
        casework.publisher.tell(
            uow,
            owner,
            f"Ticket #{escalation.ticket_id}, which you held, is open again in the help desk. "
            "Whoever claims it has it.",
            escalation.ticket_id,
        )


def show_in_thread(
    escalation_id: int, message_id: int, uow: UnitOfWork, publisher: Publisher
) -> bool:
    """False where its card stands before single people alone, and has no thread."""
    is_shown = False
    for post in uow.card_posts.of(f"escalation-{escalation_id}"):
        if not post.channel.startswith("@"):
            publisher.place(
                uow, f"message-{message_id}", post.surface, post.channel, parent=post.id
            )
            is_shown = True
    return is_shown
