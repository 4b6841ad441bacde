"""The form in which somebody changes an act, or answers what was asked about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot import acts
from bot.approval_actions import TYPED
from bot.cards import Block, Form, Input, Quote, Strong, Text
from bot.config.directory import Directory
from bot.flows.approval.seeing import shown
from bot.flows.approval.versions import differences
from bot.wording.findings import Finding
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

NOTE_AT_MOST, FIELD_AT_MOST = 500, 3000


@dataclass(frozen=True)
class Changed:
    """What is read over once more: `findings` are of what it says now, `before` is what it was."""

    before: acts.Act
    findings: Sequence[Finding]
    note: str


def fitting(act: acts.Act) -> list[acts.Editable]:
    """The fields whose words a form can hold."""
    typed = act.typed()
    return [field for field in act.editable if len(typed[field.name]) <= FIELD_AT_MOST]


def draw(
    approval: Approval,
    act: acts.Act,
    uow: UnitOfWork,
    directory: Directory,
    changed: Changed | None = None,
) -> Form:
    above: list[Block] = []
    if approval.is_returned:
        asked = uow.approvals.versions(approval.id)[-1]
        by = directory.get(asked.asked_by or "")
        above.append(Quote(asked.question, by=by.name if by else "Somebody"))
    if changed is not None:
        above += _read_over(changed, act)
    typed = act.typed()
    inputs = [
        Input(
            f"{TYPED}{field.name}",
            field.label,
            multiline=field.multiline,
            max_length=FIELD_AT_MOST,
            hint=field.hint,
            initial=typed[field.name],
        )
        for field in fitting(act)
    ]
    said = Input(
        "note",
        "Your answer" if approval.is_returned else "What do you say to whoever decides?",
        multiline=True,
        required=approval.is_returned,
        max_length=NOTE_AT_MOST,
        initial=changed.note if changed else "",
        hint="Stands below the card. The customer does not see it.",
    )
    return Form(
        title="Answer, and change it" if approval.is_returned else "Change before approval",
        submit="Put it back" if approval.is_returned else "Change",
        action="approval.revise",
        args={
            **shown(approval),
            "read_over": acts.digest(acts.canonical(act)) if changed else "",
        },
        blocks=(
            *above,
            *((said, *inputs) if approval.is_returned else (*inputs, said)),
            Text((_AFTERWARDS,), "context"),
        ),
    )


_AFTERWARDS = (
    "What was said yes to before counts no more, and what you change yourself somebody else has "
    "to approve."
)


def _read_over(changed: Changed, act: acts.Act) -> list[Block]:
    lines = "".join(f"\n{line}" for _, _, line in differences(changed.before, act))
    told: list[Block] = [Text((Strong("Please read it once more. What is different:"), lines))]
    if changed.findings:
        reads = "".join(f"\n• {finding.line()}" for finding in changed.findings)
        told.append(Text((Strong("How it reads:"), reads)))
    return told


def proposed_first(approval: Approval, uow: UnitOfWork) -> acts.Act:
    return acts.parse(approval.kind, json.loads(uow.approvals.versions(approval.id)[0].payload))


def act_of(approval: Approval) -> acts.Act:
    return acts.parse(approval.kind, json.loads(approval.payload))
