"""What our own other refunds explain of a charge that is not as it was shown."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.flows.approval.ground import FAILED, ground_of
from storage.engine import open_engine
from storage.models import ApprovalState, Certainty, EffectState
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_customer, a_ticket, an_approval

SHOWN, OTHER = 9000, 2000
BEFORE, AFTER, LATER = (NOW + timedelta(minutes=minutes) for minutes in (-5, 5, 9))
SAME, LESS, MORE = SHOWN, SHOWN - OTHER, SHOWN + OTHER

DONE, PENDING, READY, CALLING = (
    EffectState.DONE,
    EffectState.PENDING,
    EffectState.READY,
    EffectState.CALLING,
)
STUCK, REFUSED = EffectState.STUCK, EffectState.REFUSED


@pytest.fixture
def uow(database_url: str) -> Iterator[UnitOfWork]:
    engine = open_engine(database_url)
    with UnitOfWork(engine) as uow:
        yield uow
    engine.dispose()


@pytest.mark.parametrize(
    ("state", "begun", "ended", "told", "explained"),
    [
        # It stood in what was shown, or it came since.
        (DONE, BEFORE, BEFORE, {}, {SAME}),
        (DONE, AFTER, LATER, {}, {LESS}),
        (PENDING, AFTER, None, {}, {LESS}),
        # Which of the two cannot be told.
        (DONE, BEFORE, AFTER, {}, {SAME, LESS}),
        (PENDING, BEFORE, None, {}, {SAME, LESS}),
        # It may be made at any moment, or was perhaps.
        (READY, BEFORE, None, {}, {SAME, LESS}),
        (CALLING, AFTER, None, {}, {SAME, LESS}),
        (STUCK, BEFORE, AFTER, {"certainty": Certainty.MAYBE}, {SAME, LESS}),
        (STUCK, BEFORE, AFTER, {"certainty": Certainty.NEVER_SENT}, {SAME}),
        # What failed came back, and what was only refused was never gone.
        (REFUSED, BEFORE, AFTER, {"trouble": FAILED}, {SAME, MORE}),
        (REFUSED, BEFORE, BEFORE, {"trouble": FAILED}, {SAME}),
        (REFUSED, AFTER, LATER, {"trouble": FAILED}, {SAME}),
        (REFUSED, BEFORE, AFTER, {"trouble": "approver_left"}, {SAME}),
        (REFUSED, AFTER, LATER, {"trouble": "approver_left"}, {SAME}),
    ],
)
def test_what_another_refund_of_ours_explains(
    uow: UnitOfWork,
    state: EffectState,
    begun: datetime,
    ended: datetime | None,
    told: dict[str, str],
    explained: set[int],
) -> None:
    """Law: each sum that may have gone since, and no other: the rest somebody else has given."""
    customer = a_customer(uow)
    other, this = (
        an_approval(
            uow,
            a_ticket(uow, customer, ref),
            about="charge:ch_1",
            state=ApprovalState.APPROVED,
            amount=OTHER,
            basis={"refundable": SHOWN},
        )
        for ref in ("t-1", "t-2")
    )
    made = {"state": state, "created_at": begun, "done_at": ended, **told}
    uow.effects.add(
        kind="refund",
        key="k",
        authority=f"approval:{other.id}",
        approval_id=other.id,
        ticket_id=other.ticket_id,
        payload={},
        **made,
    )
    ground = ground_of(this, uow)
    assert ground is not None
    possible = [SHOWN + times * OTHER for times in (-2, -1, 0, 1)]
    assert {left for left in possible if ground.explains(left)} == explained
