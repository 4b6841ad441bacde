"""Remarks about approvals, beside their yeses and noes."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ident = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "approval_comments",
        sa.Column("id", ident, autoincrement=True, nullable=False),
        sa.Column("approval_id", ident, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("fk_approval_comments_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_comments")),
    )
    op.create_index(op.f("ix_approval_comments_approval_id"), "approval_comments", ["approval_id"])
