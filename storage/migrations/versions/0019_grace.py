"""What was granted waits a moment in which whoever granted it may take that back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approvals") as table:
        table.add_column(sa.Column("runs_at", sa.DateTime(timezone=True), nullable=True))
