"""How a message reads that waits for approval: with the eyes of whoever gets it."""

from collections.abc import Sequence

from bot import acts
from bot.ports import Clock
from bot.wording.findings import Finding, look
from bot.wording.reading import Circumstances
from storage.models import Approval, ApprovalState
from storage.unit_of_work import UnitOfWork


def findings_of(
    act: acts.Act, approval: Approval, uow: UnitOfWork, clock: Clock
) -> Sequence[Finding]:
    """Empty for an act that is no message."""
    if not isinstance(act, acts.Reply):
        return ()
    decision = uow.escalations.decision(approval.decision_id) if approval.decision_id else None
    cited = uow.articles.citable(decision.cites) if decision else {}
    heard = uow.tickets.conversation(approval.ticket_id, public_only=True)
    about = Circumstances(
        now=clock.now(),
        language=uow.tickets.get(approval.ticket_id).language or act.language,
        upset=decision is not None and decision.sentiment < 0,
        wrote="\n".join(message.body for message in heard if message.author.is_outside),
        backing="\n".join(article.body for article in cited.values()),
        is_granted=any(
            other.kind == "refund" and other.state is ApprovalState.APPROVED
            for other in uow.approvals.of_ticket(approval.ticket_id)
        ),
    )
    return look(act.text, about)
