"""Who the help desk says a ticket's customer is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of tickets from before it is heard with the next telling."""
    requester = sa.Column("requester", sa.String(), nullable=False, server_default="")
    op.add_column("tickets", requester)
