"""What an act was graded together with, and ways to what adds up."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approvals") as table:
        table.add_column(sa.Column("together", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_approvals_created_at", "approvals", ["created_at"])
    op.create_index("ix_approval_votes_person_at", "approval_votes", ["person", "at"])
