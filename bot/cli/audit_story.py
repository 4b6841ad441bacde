"""One approval as it stands: what was asked and shown, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from bot import acts
from bot.cli.opening import Opened, many, stop
from bot.labels import heading
from bot.words import visible
from storage.errors import Missing
from storage.models import Approval, ApprovalVersion, ApprovalVote, CardPost, Effect
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Story:
    approval: int
    effect: int | None
    facts: Table


def told(database: Opened, number: int) -> Story:
    """Stops where there is no such approval."""
    with database.reading() as uow:
        try:
            approval = uow.approvals.get(number)
        except Missing:
            stop(f"There is no approval {number}. `backstop audit show` lists what there is.")
        effect = uow.effects.of_approval(number)
        table = Table(title=f"Approval {number}: {approval.state.value}", title_justify="left")
        table.add_column("")
        table.add_column("")
        for name, value in _facts(approval, effect, uow):
            table.add_row(name, Text(visible(value)))
    return Story(number, effect.id if effect else None, table)


def _facts(approval: Approval, effect: Effect | None, uow: UnitOfWork) -> Iterator[tuple[str, str]]:
    yield "Act", heading(approval) if approval.payload else f"{approval.kind}, erased"
    for version in uow.approvals.versions(approval.id):
        yield f"Version {version.n}", _version(version)
    yield "For", f"ticket #{approval.ticket_id}, customer:{approval.customer_id}"
    yield "Asked for by", approval.requester or "somebody who was erased"
    asks = ", then ".join(
        f"{many(step.approvers, 'approval')} ({', '.join(step.roles)})" for step in approval.asks
    )
    yield "Gate", f"{approval.gate}: {asks}{_partners(approval)}"
    yield "Expires", f"{approval.expires_at:%Y-%m-%d %H:%M:%S} UTC"
    copies = uow.card_posts.of(f"approval-{approval.id}")
    yield "Shown in", "; ".join(map(_shown, copies)) or "nowhere"
    for vote in uow.approvals.votes(approval.id):
        stands = (approval.version, approval.digest)
        counts = "" if (vote.version, vote.digest) == stands else ", which counts no more"
        when = f"{vote.at:%Y-%m-%d %H:%M:%S} UTC"
        yield "Said yes", f"{vote.person}, {when}, to version {vote.version}{_code(vote)}{counts}"
    for one in uow.comments.of(approval.id):
        when = f"{one.at:%Y-%m-%d %H:%M:%S} UTC"
        yield "Comment", f"{one.person}, {when}, about version {one.version}"
    if effect is None:
        return
    # To be held against that of a version.
    runs = acts.digest_of(effect.kind, effect.payload)
    yield "What runs", runs or "erased, or nothing that can run"
    yield "Effect", f"{effect.state.value}, {effect.certainty.value}, key {effect.key}:{effect.n}"
    if effect.sent_at is not None:
        yield "Sent last", f"{effect.sent_at:%Y-%m-%d %H:%M:%S} UTC"
    if effect.receipt or effect.trouble:
        yield "Receipt", effect.receipt or f"none: {effect.trouble}"


def _code(vote: ApprovalVote) -> str:
    way = f", by link {vote.link}" if vote.link else ""
    return f"{way}, with code {vote.proof} of an authenticator" if vote.proof else way


def _version(version: ApprovalVersion) -> str:
    """Whose it is and the hash of its payload; of an erased one the hash is gone too."""
    told = f"{version.by}, {version.at:%Y-%m-%d %H:%M:%S} UTC, {version.digest or 'erased'}"
    return told if version.asked_by is None else f"{told}; {version.asked_by} asked for changes"


def _partners(approval: Approval) -> str:
    return "".join(f", partner {one}" for one in approval.partners)


def _shown(copy: CardPost) -> str:
    return f"{copy.surface} {copy.channel}"
