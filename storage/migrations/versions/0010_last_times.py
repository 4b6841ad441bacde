"""When an effect may have been sent last, and when words of a ticket were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what an earlier version sent only the first try is known; of a ticket's erasure, while it
    is still that customer's, what stands with the customer."""
    op.add_column("tickets", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("effects", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE effects SET sent_at = coalesce(called_at, created_at) "
        "WHERE certainty <> 'never_sent'"
    )
