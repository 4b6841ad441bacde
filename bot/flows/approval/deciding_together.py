"""Several alike are granted with one look, and each by itself: as by a click on its own card, with
its own version, hash, vote and record."""

import json
from collections.abc import Iterator

from bot import acts, entitlement
from bot import approval_commands as commands
from bot.cards import Answer, Block, Divider, Facts, Form, Notice, Span, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.errors import BotError, NotAllowed, Outdated
from bot.flows.approval import flow
from bot.flows.approval.alike import FEW, alike
from bot.flows.approval.originals import original
from bot.flows.approval.proving import Proving
from bot.labels import heading, ticket_link
from bot.outgoing import Outgoing
from bot.ports import Clock
from bot.publisher import Publisher
from bot.step_up import takes_code
from bot.waiting import gated
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

# What a form shows whole, and what its buttons can carry.
TOGETHER = 8


def open_alike(
    command: commands.OpenAlike,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    clock: Clock,
) -> Answer:
    """Each of them whole, and one button for all."""
    original(command, uow.card_posts.copies(f"digest-{command.digest}"), settings)
    one = uow.approvals.get(command.approval)
    found = alike(one, uow.approvals.pending(), uow)
    if len(found) < FEW:
        raise Outdated("There are no several alike any more: look at the cards that are left.")
    _check_may(command, one, uow, directory, settings)
    theirs = [other for other in found if _may(command, other, uow, directory, settings)]
    shown = theirs[:TOGETHER]
    count = len(shown)
    return Form(
        title=f"Approve {count} alike",
        submit=f"Approve these {count}",
        action="approval.grant_alike",
        args={
            "digest": command.digest,
            "channel": command.channel,
            "message": command.message,
            "each": " ".join(f"{one.id}:{one.version}:{one.digest}" for one in shown),
        },
        blocks=(
            Text((f"You approve each of these {count} exactly as it stands: {heading(one)}.",)),
            *(block for other in shown for block in _whole(other, uow, settings, clock)),
        ),
    )


def _whole(
    approval: Approval, uow: UnitOfWork, settings: Settings, clock: Clock
) -> Iterator[Block]:
    ticket = uow.tickets.get(approval.ticket_id)
    who = dossier(uow, approval.customer_id, clock.now()).line()
    named: dict[str, Span] = {"Customer": who, "Ticket": ticket_link(ticket, settings)}
    act = acts.parse(approval.kind, json.loads(approval.payload))
    yield Divider()
    yield Facts(tuple((label, named.get(label, value)) for label, value in acts.facts(act)))


def grant_alike(
    command: commands.GrantAlike,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    outgoing: Outgoing,
    settings: Settings,
    proving: Proving,
) -> Answer:
    """What cannot be granted keeps nothing of the others back, and is told."""
    original(command, uow.card_posts.copies(f"digest-{command.digest}"), settings)
    chosen = [uow.approvals.get(ident) for ident, _, _ in command.each]
    undecided = [one for one in chosen if one.is_undecided]
    if undecided and len(alike(undecided[0], undecided, uow)) < len(undecided):
        raise Outdated("These are not alike any more. Please look at each by itself.")
    refused: list[str] = []
    for approval, (_, version, digest) in zip(chosen, command.each, strict=True):
        try:
            _check_may(command, approval, uow, directory, settings)
            at = _copy_of(approval, command, uow)
            grant = commands.GrantApproval(command.by, approval.id, version, digest, *at)
            with uow.nested():
                flow.grant(grant, uow, directory, clock, publisher, outgoing, settings, proving)
        except BotError as refusal:
            because = {"approval": approval.id, "because": type(refusal).__name__}
            who = f"{command.by.surface}:{command.by.user}"
            uow.record(clock.now(), "refused", who, "GrantApproval", because)
            refused.append(f"Ticket #{approval.ticket_id}: {refusal.user_message}")
    publisher.redraw(uow, f"digest-{command.digest}", urgent=0)
    done = f"{len(chosen) - len(refused)} of {len(chosen)} approved, each on its own card."
    return Notice("\n".join((done, *refused)))


def _copy_of(approval: Approval, command: commands.GrantAlike, uow: UnitOfWork) -> tuple[str, str]:
    """Where its own card stands beside the list; raises Outdated."""
    for copy in uow.card_posts.copies(f"approval-{approval.id}"):
        if copy.place == command.channel and copy.message:
            return copy.place, copy.message
    raise Outdated("its card is not beside the list.")


def _check_may(
    command: commands.OnDigest,
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
) -> None:
    """Raises NotAllowed, also where their yes takes a code: each code is for one act."""
    asked, voted = gated(approval, uow), uow.approvals.voted(approval)
    known = directory.find(command.by)
    person = entitlement.check_may_decide(command.by, known, asked, voted)
    if takes_code(asked, person, settings):
        raise NotAllowed("Each of these takes a code of its own: decide it on its card.")


def _may(
    command: commands.OnDigest,
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
) -> bool:
    try:
        _check_may(command, approval, uow, directory, settings)
    except NotAllowed:
        return False
    return True
