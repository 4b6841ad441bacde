"""Who approves one after the other."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approvals") as table:
        table.add_column(sa.Column("steps", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("approval_votes") as table:
        table.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
