"""Letters of colleagues that somebody reads first, and that may be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("approvals") as table:
        table.add_column(sa.Column("message_id", ID, nullable=True))
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
