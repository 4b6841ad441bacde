"""Ask the agent about a ticket, and do with its decision what app.yaml trusts it to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from bot import commands, events
from bot.agent.briefing import Agent, Briefing, Proposal, Said
from bot.agent.fencing import shown
from bot.agent.noticing import Wording
from bot.agent.redaction import Redaction
from bot.cards import Answer
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import CHAT, Dossier, dossier, is_chat
from bot.errors import OutsideError, Refused
from bot.flows.triage import gathering, hands, rules
from bot.flows.triage.escalating import Escalating
from bot.flows.triage.gathering import Reading
from bot.flows.triage.hearing import open_again, want_triage
from bot.flows.triage.reading_over import read_over
from bot.flows.triage.recording import record
from bot.knowledge_events import AnswerGiven
from bot.outgoing import Outgoing
from bot.ports import AccountActions, Clock, Payments
from bot.publisher import Publisher
from bot.steps import Again, Verdict
from storage.models import Author, Decision, Message, Ticket, TicketStatus
from storage.repositories import Claimed
from storage.search import Nearest, Search
from storage.unit_of_work import UnitOfWork

# How long a customer waits for an agent that is away before a person is asked.
PATIENCE = timedelta(minutes=5)
# And for a payment provider, whose charges most tickets do not need.
HICCUP = timedelta(seconds=10)
NO_WAY_BACK = "Tickets from {} cannot be answered from here."


@dataclass(frozen=True)
class Question:
    """`messages` are the customer's words that the decision will answer for."""

    ticket: int
    messages: tuple[int, ...]
    asked_at: datetime
    briefing: Briefing
    payment_ref: str | None


def plan(
    event: events.TriageWanted,
    uow: UnitOfWork,
    delivery: Claimed,
    clock: Clock,
    directory: Directory,
    publisher: Publisher,
    escalating: Escalating,
    outgoing: Outgoing,
    settings: Settings,
) -> Question | Again | None:
    """Words that nobody has taken up go to whoever has the ticket, else to the agent. It is shown
    those alone, since a word of thanks must not make it propose again what it proposed before;
    behind a question of its own it is shown what was asked, and what was said before."""
    ticket = uow.tickets.get(event.ticket)
    busy = uow.tickets.busy(ticket.id)
    if not busy.waiting:
        return None
    if ticket.status is TicketStatus.RESOLVED:
        open_again(ticket, uow, outgoing)
    if hands.is_a_persons(ticket, busy):
        hands.leave_to_person(ticket, busy, uow, directory, publisher, escalating)
        return None
    if busy.deciding:
        # Whoever decides reads them, and their decision asks for this again.
        return None
    waiting = uow.tickets.waiting(ticket.id)
    if reasons := _outsiders(waiting):
        escalating.escalate(uow, ticket, "outsider", reasons, None)
        return None
    if settings.agent.kind == "external":
        return _await_other(ticket, delivery, clock, escalating, settings, uow)
    # Also the subject has been looked at by then: what it asks for is not asked for again.
    asked = _asked(ticket, uow)
    is_first = ticket.triaged_at is None or asked
    text = uow.tickets.text(ticket.id) if is_first else None
    said = waiting if not asked else uow.tickets.conversation(ticket.id, public_only=True)
    who = dossier(uow, ticket.customer_id, clock.now())
    subject = text.subject if text else ""
    briefing = briefed(ticket, subject, said, who, uow, clock)
    messages = tuple(message.id for message in waiting)
    return Question(ticket.id, messages, delivery.created_at, briefing, who.payment_ref)


def _await_other(
    ticket: Ticket,
    delivery: Claimed,
    clock: Clock,
    escalating: Escalating,
    settings: Settings,
    uow: UnitOfWork,
) -> Again | None:
    """Another agent answers first; whom it forgets a person has, and never nobody."""
    left = settings.agent.answers_within - (clock.now() - delivery.created_at)
    if left > timedelta(0):
        return Again(left.total_seconds(), "another agent answers first", held=True)
    reasons = ("The other agent has not taken it up in time.",)
    escalating.escalate(uow, ticket, "agent_away", reasons, None)
    return None


def briefed(
    ticket: Ticket,
    subject: str,
    said: Sequence[Message],
    who: Dossier,
    uow: UnitOfWork,
    clock: Clock,
) -> Briefing:
    now = clock.now()
    return Briefing(
        ticket=ticket.id,
        subject=subject,
        said=tuple(Said(_speaker(m), m.body, m.created_at) for m in said),
        channel=ticket.channel,
        tags=tuple(ticket.tags),
        customer=who.facts,
        known_products=who.facts.products,
        rejected=gathering.rejected(ticket.customer_id, uow, now),
        today=now.date(),
        may_ask=ticket.triaged_at is None,
    )


def _asked(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Whether the words that wait answer a question of ours, and mean nothing without it."""
    last = uow.escalations.decision_of(ticket.id)
    return last is not None and last.decision == "ask"


def _speaker(message: Message) -> Literal["customer", "person", "agent"]:
    if message.author.is_outside:
        return "customer"
    return "person" if message.author is Author.PERSON else "agent"


def _outsiders(waiting: Sequence[Message]) -> tuple[str, ...]:
    """Why a person reads these words first: the agent sees the charges and the account of the
    ticket's customer, and nobody else speaks for them."""
    is_hidden = any(not message.public for message in waiting)
    is_other = any(message.author is Author.OTHER for message in waiting)
    told = (
        (is_hidden, "Somebody wrote whom the help desk does not let join the conversation."),
        (is_other, "Somebody wrote who is not the ticket's customer."),
    )
    return tuple(sentence for holds, sentence in told if holds)


def act(
    question: Question,
    agent: Agent,
    wording: Wording | None,
    settings: Settings,
    reading: Reading,
    payments: Payments | None,
    account_actions: AccountActions | None,
    clock: Clock,
    nearest: Nearest | None,
) -> rules.Decision:
    briefing = question.briefing
    words = " ".join(s.text for s in briefing.said if s.author == "customer")
    with reading() as uow:
        passages = gathering.passages(briefing.subject, words, Search(uow.session, nearest))
    may_wait = clock.now() - question.asked_at < HICCUP
    charges = gathering.charges(question.payment_ref, payments, may_wait)
    briefing = replace(briefing, passages=passages, charges=charges)
    proposal = _witnessed(agent.propose(briefing), briefing)
    account_now = gathering.account_now(proposal, account_actions, may_wait)
    briefing = replace(briefing, account_now=account_now)
    briefing = gathering.among_others(briefing, proposal.category, reading, clock.now())
    decide = partial(
        rules.decide,
        briefing,
        proposal,
        settings.escalation,
        settings.gates,
        settings.limits.refunds_per_customer_day,
        held=settings.held_gates,
    )
    return read_over(decide, briefing, proposal, wording)


def _witnessed(proposal: Proposal, briefing: Briefing) -> Proposal:
    """Whichever agent decided, what it was shown is kept in the form a model is shown it."""
    if proposal.run.seen:
        return proposal
    seen = shown(briefing, Redaction())
    return replace(proposal, run=replace(proposal.run, seen=seen))


def settle(
    event: events.TriageWanted,
    question: Question,
    outcome: rules.Decision | OutsideError,
    uow: UnitOfWork,
    settings: Settings,
    clock: Clock,
    publisher: Publisher,
    escalating: Escalating,
    outgoing: Outgoing,
) -> Verdict:
    ticket = uow.tickets.get(question.ticket)
    busy = uow.tickets.busy(ticket.id)
    waiting = {message.id for message in uow.tickets.waiting(ticket.id)}
    is_other = ticket.status.is_over or waiting != set(question.messages)
    if hands.is_a_persons(ticket, busy) or busy.deciding or is_other:
        # Things have changed meanwhile, and what is so now is looked at anew.
        want_triage(ticket.id, uow)
        return None
    if isinstance(outcome, OutsideError):
        may_come_back = not isinstance(outcome, Refused)
        if may_come_back and clock.now() - question.asked_at < PATIENCE:
            return Again(reason=str(outcome))
        reasons = ("The agent cannot be asked at the moment.",)
        escalating.escalate(uow, ticket, "agent_away", reasons, None)
        return None
    uow.tickets.take_up(ticket.id, question.messages)
    decision = record(ticket, outcome, uow, settings, clock)
    if decision.mode != "observe":
        _carry_on(ticket, outcome, decision, uow, escalating, outgoing)
    elif is_chat(ticket):
        # A colleague made it here, and rehearsing it would leave them waiting for nobody.
        escalating.escalate(uow, ticket, *_asked_here(outcome), decision)
    elif settings.channels.trial:
        publisher.place(uow, f"decision-{decision.id}", "slack", settings.channels.trial)
    return None


def _asked_here(outcome: rules.Decision) -> tuple[str, Sequence[str]]:
    if outcome.decision == "escalate":
        return outcome.rule, outcome.reasons
    return "no_way_back", (NO_WAY_BACK.format(CHAT),)


def _carry_on(
    ticket: Ticket,
    outcome: rules.Decision,
    decision: Decision,
    uow: UnitOfWork,
    escalating: Escalating,
    outgoing: Outgoing,
) -> None:
    if outcome.decision == "escalate":
        escalating.escalate(uow, ticket, outcome.rule, outcome.reasons, decision)
    elif outcome.decision == "act":
        for index in range(len(decision.acts)):
            uow.emit(events.ActProposed(decision.id, index))
    elif decision.mode == "draft":
        reasons = ("The agent has a draft; a person sends everything in this category.",)
        escalating.escalate(uow, ticket, "draft", reasons, decision)
    elif uow.articles.citable(decision.cites).keys() != set(decision.cites):
        reasons = ("An article that the answer rests on was withdrawn meanwhile.",)
        escalating.escalate(uow, ticket, "article_withdrawn", reasons, decision)
    elif not outgoing.reaches(ticket):
        reasons = (NO_WAY_BACK.format(ticket.source),)
        escalating.escalate(uow, ticket, "no_way_back", reasons, decision)
    else:
        _answer(ticket, decision, uow, outgoing)


def _answer(ticket: Ticket, decision: Decision, uow: UnitOfWork, outgoing: Outgoing) -> None:
    draft = uow.tickets.message(decision.draft_id) if decision.draft_id else None
    if draft is None:
        return
    authority = f"policy:{decision.rule}"
    outgoing.say(uow, draft, authority)
    uow.emit(AnswerGiven(decision.id))
    ticket.status = TicketStatus.WAITING
    outgoing.set_status(uow, ticket, TicketStatus.WAITING.value, authority)


def note_channel_gone(command: commands.NoteChannelGone, uow: UnitOfWork, clock: Clock) -> Answer:
    """What still asks for something appears in the administrators' channel; the rest is history."""
    uow.record(clock.now(), "channel gone", command.surface, f"channel:{command.channel}", {})
    for post_id in uow.card_posts.lose(command.surface, command.channel):
        uow.emit(events.CardLost(post_id, "channel_gone"))
    return None
