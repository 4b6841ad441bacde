"""Refused acts that are shown once more."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ident = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "canaries",
        sa.Column("id", ident, autoincrement=True, nullable=False),
        sa.Column("approval_id", ident, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("fk_canaries_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canaries")),
        sa.UniqueConstraint("approval_id", name=op.f("uq_canaries_approval_id")),
    )
    op.create_index(op.f("ix_canaries_created_at"), "canaries", ["created_at"])
