"""Whether anybody vouches for a customer's address."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "customers", sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.true())
    )
