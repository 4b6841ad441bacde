"""An escalated ticket from claim to resolution."""

from bot import commands, events
from bot.cards import Answer, Choice, Form, Notice
from bot.errors import Outdated
from bot.flows.casework import leaving, linking, promises, rules
from bot.flows.casework.holding import Casework
from bot.flows.casework.turns import last_heard
from bot.knowledge_events import ArticleSolved
from storage.models import EscalationState, TicketStatus
from storage.unit_of_work import UnitOfWork

VERDICTS = (
    ("rightly", "Rightly escalated: this needed a person"),
    ("agent_should", "The agent should have handled it"),
)


def claim(command: commands.ClaimEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    person, escalation = casework.open_to(command.by, command.escalation, uow)
    now = casework.clock.now()
    if escalation.state is EscalationState.CLAIMED and escalation.owner == person.id:
        return Notice("You hold this one already.")
    if not uow.escalations.claim(escalation.id, person.id, now):
        raise casework.taken(uow.escalations.get(escalation.id))
    escalation = uow.escalations.get(escalation.id)
    ticket = uow.tickets.get(escalation.ticket_id)
    uow.tickets.hand_to(ticket.id, person.id)
    uow.promises.hand_to(ticket.id, person.id)
    casework.record(uow, "escalation claimed", person.id, escalation.id)
    casework.stop_climbing(escalation.id, uow)
    if rules.is_foreign(ticket.language, casework.settings.company.language):
        # The customer's next words need the thread, wherever it was claimed.
        casework.end_head_start(escalation.id, uow)
    uow.emit(
        events.ClaimIdle(escalation.id, escalation.claims, False),
        due=now + casework.settings.escalation.remind_claimed,
    )
    casework.redraw(uow, escalation.id)
    return None


def release(command: commands.ReleaseEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "release it", uow)
    casework.let_go(escalation, person.id, uow)
    return Notice("Released. It is open for somebody else to claim.")


def wait_for_customer(
    command: commands.WaitForCustomer, uow: UnitOfWork, casework: Casework
) -> Answer:
    does = "set it to waiting"
    person, escalation = casework.held_by(command.by, command.escalation, does, uow)
    if last_heard(escalation.ticket_id, uow) > command.heard:
        raise Outdated(
            "The customer has written since this card was drawn, so it is your turn. "
            "Read their words in the card's thread, then set it to waiting again."
        )
    leaving.hurry(escalation.ticket_id, uow, casework)
    casework.set_status(escalation, TicketStatus.WAITING, person.id, uow)
    promises.keep(escalation.ticket_id, uow, casework)
    casework.redraw(uow, escalation.id)
    return Notice("Waiting for the customer. Reminders are silent until they write.")


def open_resolution(
    command: commands.OpenResolution, uow: UnitOfWork, casework: Casework
) -> Answer:
    person, escalation = casework.held_by(command.by, command.escalation, "resolve it", uow)
    return Form(
        title="Resolve the ticket",
        submit="Resolve",
        action="escalation.resolve",
        args={"escalation": escalation.id, "heard": last_heard(escalation.ticket_id, uow)},
        blocks=(
            Choice("verdict", "Should the agent have handled it?", VERDICTS, initial="rightly"),
            *linking.questions(escalation.ticket_id, person, uow),
        ),
    )


def resolve(command: commands.ResolveEscalation, uow: UnitOfWork, casework: Casework) -> Answer:
    """Not over words that came while the form stood open: nobody would look at them again."""
    if command.verdict not in dict(VERDICTS):
        raise Outdated("Choose one of the two verdicts.")
    person, escalation = casework.held_by(command.by, command.escalation, "resolve it", uow)
    if last_heard(escalation.ticket_id, uow) > command.heard:
        raise Outdated(
            "The customer has written since you opened this form, so nothing was resolved. "
            "Close it, read their words in the card's thread, then resolve again."
        )
    if leaving.read_first(escalation.ticket_id, uow):
        raise Outdated(
            "A reply on this ticket still waits for approval. Have it approved, or withdraw it on "
            "its card; then resolve again."
        )
    article = linking.meant(command.solved_by, command.article, person, uow)
    if not uow.escalations.resolve(escalation.id, person.id, casework.clock.now()):
        raise casework.taken(uow.escalations.get(escalation.id))
    leaving.hurry(escalation.ticket_id, uow, casework)
    casework.set_status(escalation, TicketStatus.RESOLVED, person.id, uow)
    uow.tickets.hand_to(escalation.ticket_id, None)
    promises.keep(escalation.ticket_id, uow, casework)
    casework.record(uow, "escalation resolved", person.id, escalation.id, verdict=command.verdict)
    linking.learn(escalation.ticket_id, uow, casework.clock.now(), article, person.id)
    if article is not None:
        uow.emit(ArticleSolved(article.id, escalation.ticket_id))
    casework.redraw(uow, escalation.id)
    return None
