"""Passkeys beside codes, and links to our own page that are handed over in chat."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("authenticators") as table:
        table.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="codes"))
    with op.batch_alter_table("mail_links") as table:
        table.add_column(
            sa.Column("is_mailed", sa.Boolean(), nullable=False, server_default=sa.true())
        )
