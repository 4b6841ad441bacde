"""What each call of a model used, and for which ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Earlier decisions count as a call each; what led to no decision is known of their day."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "model_calls",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("ticket_id", number, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("input_tokens", number, nullable=False),
        sa.Column("output_tokens", number, nullable=False),
        sa.Column("cost", number, nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_model_calls_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_calls")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_model_calls_ticket_id"), "model_calls", ["ticket_id"])
    op.execute(
        "INSERT INTO model_calls (ticket_id, day, input_tokens, output_tokens, cost, settled) "
        "SELECT ticket_id, date(created_at), input_tokens, output_tokens, cost, true "
        "FROM decisions WHERE input_tokens + output_tokens > 0"
    )
