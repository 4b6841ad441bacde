"""The approval card in each of its states, drawn from the stored payload and nothing else."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot import acts, entitlement
from bot.authenticators import WORDS, kind_of
from bot.cards import (
    Block,
    Button,
    Buttons,
    Card,
    Confirm,
    Divider,
    Facts,
    Quote,
    Span,
    Strong,
    Text,
    Tone,
)
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier, excerpt
from bot.flows.approval import turns
from bot.flows.approval.account_fields import with_before
from bot.flows.approval.commenting import comments
from bot.flows.approval.reading_over import findings_of
from bot.flows.approval.seeing import shown
from bot.flows.approval.states import Standing, when
from bot.flows.approval.telling import sentence
from bot.flows.approval.versions import history
from bot.labels import amount_of, heading, last_words_of, ticket_link
from bot.money import Money
from bot.people import Person
from bot.ports import Clock
from bot.step_up import takes_code
from bot.waiting import gated
from storage.models import Approval, ApprovalState, Asked, ProofKind, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

# What the customer wrote is half of what there is to decide by; the rest is one tap away.
QUOTED = 700
SHOWN_BESIDE = 3
NAMED = 6
REFUNDS_OF = timedelta(days=90)
_TONES: dict[ApprovalState, Tone] = {
    ApprovalState.PENDING: "warning",
    ApprovalState.APPROVED: "good",
    ApprovalState.REJECTED: "bad",
    ApprovalState.EXPIRED: "bad",
    ApprovalState.WITHDRAWN: "neutral",
}
_SAME = {"refund": "of the same charge", "account_change": "of the same kind"}


def draw_approval(
    approval_id: int, uow: UnitOfWork, directory: Directory, settings: Settings, clock: Clock
) -> Card | None:
    approval = uow.approvals.get(approval_id)
    if not approval.payload:
        return _erased(approval)
    effect, voted = uow.effects.of_approval(approval.id), uow.approvals.voted(approval)
    return draw_standing(Standing(approval, effect, voted), uow, directory, settings, clock)


def draw_standing(
    stands: Standing, uow: UnitOfWork, directory: Directory, settings: Settings, clock: Clock
) -> Card:
    """Also of what is in no row as it stands."""
    approval = stands.approval
    ticket = uow.tickets.get(approval.ticket_id)
    who = dossier(uow, approval.customer_id, clock.now())
    act = acts.parse(approval.kind, json.loads(approval.payload))
    named: dict[str, Span] = {"Customer": who.line(), "Ticket": ticket_link(ticket, settings)}
    facts = with_before(dict(acts.facts(act)), act, approval)
    text = uow.tickets.text(ticket.id)
    why = facts.pop("Reason", ""), f"Why, {_whose_reason(approval, uow)}"
    about = text.summary if text else "", "The ticket in one line"
    pairs: list[tuple[str, Span]] = []
    for label, value in facts.items():
        pairs.append((label, named.get(label, value)))
        if label == "Charge" and approval.basis:
            pairs.append(("Paid", _paid(approval)))
    words = uow.tickets.last_words(ticket.id)
    blocks: list[Block] = [Facts(tuple(pairs))]
    told = sentence(approval, ticket.language)
    if told and stands.is_open:
        blocks.append(Text((f"Once it is done, the customer reads: “{told}”",), "context"))
    blocks += [Quote(said, by=by) for said, by in (why, about) if said][:1]
    if words is not None:
        blocks.append(Quote(excerpt(words.body, QUOTED), by=last_words_of(words, "The customer")))
    blocks += _earlier(approval, uow, directory, clock)
    blocks += _reads(act, approval, uow, clock)
    policy = f"Policy: {approval.gate} · {_asks(approval)}{_written_by(approval, directory)}"
    blocks += [Text((policy,), "context"), Divider()]
    blocks += [*history(approval, uow, directory), *comments(approval, uow, directory)]
    blocks += stands.blocks(uow, directory)
    blocks += _controls(stands, act, ticket, uow, directory, settings)
    return Card(
        key=f"approval-{approval.id}",
        title=f"{heading(approval)}: {stands.headline()}",
        summary=_summary(stands),
        blocks=tuple(blocks),
        tone=_TONES[approval.state],
        partners=tuple(approval.partners),
    )


def _written_by(approval: Approval, directory: Directory) -> str:
    person = directory.get(approval.requester) if approval.message_id else None
    return f" · written by {person.name}, who may not approve it" if person else ""


def _whose_reason(approval: Approval, uow: UnitOfWork) -> str:
    if approval.version == 1:
        return "in the agent's words"
    first = json.loads(uow.approvals.versions(approval.id)[0].payload)
    is_same = first.get("reason") == json.loads(approval.payload).get("reason")
    return "in the agent's words" if is_same else "as it was changed"


def _controls(
    stands: Standing,
    act: acts.Act,
    ticket: Ticket,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
) -> Iterator[Block]:
    approval = stands.approval
    if approval.is_granted:
        yield Buttons((Button("Undo", "approval.undo", {"approval": approval.id}),))
    elif approval.is_returned:
        yield _to_answer(approval)
    elif approval.is_undecided:
        yield from _to_decide(stands, act, ticket, uow, directory, settings)


def _reads(act: acts.Act, approval: Approval, uow: UnitOfWork, clock: Clock) -> Iterator[Block]:
    """What the customer would stumble over, while it can still be changed."""
    if not approval.is_undecided:
        return
    found = findings_of(act, approval, uow, clock)
    if found:
        lines = "".join(f"\n• {finding.line()}" for finding in found)
        yield Text((Strong("How it reads:"), lines))


def _to_decide(
    stands: Standing,
    act: acts.Act,
    ticket: Ticket,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
) -> Iterator[Block]:
    if ticket.status is TicketStatus.RESOLVED and not stands.is_shown_again:
        solved = Strong("The ticket is resolved meanwhile")
        yield Text((solved, ": look there whether this is still wanted."))
    able = entitlement.who_may(directory.people, gated(stands.approval, uow), stands.voted)
    if any(takes_code(gated(stands.approval, uow), person, settings) for person in able):
        takes = "a code of your" if kind_of(settings) is ProofKind.CODES else "your"
        yield Text((f"A yes takes {takes} {WORDS[kind_of(settings)]}.",), "context")
    yield from turns.line(stands.approval, able)
    yield Text((f"May decide: {_names(able, stands.approval, uow, settings)}",), "context")
    yield _buttons(stands.approval, act)


def _names(able: Sequence[Person], approval: Approval, uow: UnitOfWork, settings: Settings) -> str:
    """Whoever could say yes at once comes first, and of the others why they could not."""
    away, holders, asked = (
        uow.absences.all(),
        uow.authenticators.holders(kind_of(settings)),
        gated(approval, uow),
    )
    hindered = {person.id: "away" for person in able if person.id in away}
    for person in able:
        if takes_code(asked, person, settings) and person.id not in holders:
            hindered[person.id] = f"no {WORDS[kind_of(settings)]} yet"
    able = sorted(able, key=lambda person: person.id in hindered)
    names = [
        f"{person.name} ({hindered[person.id]})" if person.id in hindered else person.name
        for person in able[:NAMED]
    ]
    if len(able) > NAMED:
        names[-1] += f" and {len(able) - NAMED} more"
    return ", ".join(names) or "nobody at the moment"


def _paid(approval: Approval) -> str:
    """What the provider's record said of the charge when the act was proposed."""
    basis = approval.basis
    day = date.fromisoformat(basis["on"]) if basis.get("on") else None
    on = f" on {day.day} {day:%B %Y}" if day else ""
    paid = Money(basis["captured"], basis["currency"])
    left = Money(basis["refundable"], basis["currency"])
    return f"{paid}{on}, of which {left} could still be given back when this was proposed"


def _earlier(
    approval: Approval, uow: UnitOfWork, directory: Directory, clock: Clock
) -> list[Block]:
    """What whoever decides would otherwise have to ask: whether this was granted before."""
    lines: list[Block] = []
    for ident in approval.beside[-SHOWN_BESIDE:]:
        other = uow.approvals.get(ident)
        person = directory.get(other.decided_by or "")
        by = f"approved by {person.name}" if person else "approved"
        before = Strong(f"Earlier: {heading(other)} for ticket #{other.ticket_id}")
        lines.append(Text((before, f", {_SAME.get(other.kind, '')}, {by}", *when(other))))
    if approval.kind == "refund" and approval.state is ApprovalState.PENDING:
        since = clock.now() - REFUNDS_OF
        made = uow.effects.refunded_since(approval.customer_id, since)
        sums = ", ".join(str(Money(amount, currency)) for currency, _, amount in made)
        count = sum(count for _, count, _ in made)
        if approval.together and approval.currency:
            beside = Money(approval.together, approval.currency)
            whole = Money(approval.together + (approval.amount or 0), approval.currency)
            told = f"With {beside} that this account was given back or asks for, it is {whole} "
            lines.append(Text((f"{told}in all, and is graded as that.",), "context"))
        told = f"This customer's refunds in the last {REFUNDS_OF.days} days: {count or 'none'}"
        lines.append(Text((f"{told}{f', {sums} in all' if sums else ''}",), "context"))
    return lines


def _asks(approval: Approval) -> str:
    if not approval.needed:
        return "no approval asked"
    return ", then ".join(_step(asked) for asked in approval.asks)


def _step(asked: Asked) -> str:
    few = {1: "one approval"}
    many = few.get(asked.approvers, f"{asked.approvers} approvals by different people")
    return f"{many} ({', '.join(asked.roles)})"


def _summary(stands: Standing) -> str:
    """Says what, amount and deadline, and nobody's name."""
    approval = stands.approval
    text = f"{heading(approval)} for ticket #{approval.ticket_id}: {stands.headline()}"
    if approval.is_undecided:
        text += f", until {approval.expires_at:%Y-%m-%d %H:%M} UTC"
    return f"{text}."


def _to_answer(approval: Approval) -> Buttons:
    args = shown(approval)
    return Buttons(
        (
            Button("Answer", "approval.open_revision", args, "good"),
            Button("Reject", "approval.open_rejection", args, "bad"),
        ),
        (_conversation(approval),),
    )


def _conversation(approval: Approval) -> Button:
    return Button("Show the conversation", "ticket.show", {"ticket": f"#{approval.ticket_id}"})


def _buttons(approval: Approval, act: acts.Act) -> Buttons:
    args = shown(approval)
    change = Button("Change before approval", "approval.open_revision", args)
    amount = amount_of(approval)
    sure = Confirm(
        title=f"Approve {amount or 'this'}?"[:100],
        text="It runs exactly as shown, unless you take that back or effects are stopped."
        if approval.granted + 1 >= approval.needed
        else "A second person is needed after you; nothing runs before that.",
        yes="Approve",
    )
    # One tap is promised for an approval; a second question is asked only where two must agree.
    confirm = sure if approval.needed > 1 else None
    return Buttons(
        (
            Button("Approve", "approval.grant", args, "good", confirm),
            Button("Reject", "approval.open_rejection", args, "bad"),
        ),
        (
            *((change,) if act.editable else ()),
            Button("Ask for changes", "approval.open_returning", args),
            Button("Comment", "approval.open_comment", args),
            _conversation(approval),
            Button("Remind me in an hour", "approval.snooze", args),
            *((Button("Withdraw", "approval.withdraw", args),) if approval.message_id else ()),
        ),
    )


def _erased(approval: Approval) -> Card:
    text = "The customer was erased, and with them what this act said."
    return Card(
        key=f"approval-{approval.id}",
        title=f"{heading(approval)}: erased",
        summary=text,
        blocks=(Text((text,)),),
    )
