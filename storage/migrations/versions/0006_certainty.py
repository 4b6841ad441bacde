"""What a ticket has been answered for, and what is certain of an effect."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tickets", sa.Column("assignee", sa.String(), nullable=True))
    for table, column in (("tickets", "desk_priority"), ("messages", "translation")):
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
