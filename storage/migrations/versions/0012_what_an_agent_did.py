"""What an agent saw, did and cost, and what models used per day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of decisions from before it is not known what their agent saw."""
    ident = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for name in ("model", "prompt", "note"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("decisions", column)
    settings = sa.Column("settings", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("decisions", settings)
    used = (("input_tokens", sa.Integer()), ("output_tokens", sa.Integer()))
    for name, kind in (*used, ("cost", ident)):
        number = sa.Column(name, kind, nullable=False, server_default="0")
        op.add_column("decisions", number)
    op.create_table(
        "decision_texts",
        sa.Column("decision_id", ident, nullable=False),
        sa.Column("customer_id", ident, nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_texts_decision_id")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_texts")),
    )
    op.create_index(op.f("ix_decision_texts_customer_id"), "decision_texts", ["customer_id"])
    op.create_table(
        "spending_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("input_tokens", ident, nullable=False),
        sa.Column("output_tokens", ident, nullable=False),
        sa.Column("cost", ident, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_spending_days")),
    )
