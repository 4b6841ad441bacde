"""What customers were told to expect."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """What an earlier version promised and nobody has answered is owed from now on."""
    at = sa.DateTime(timezone=True)
    op.create_table(
        "promises",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("message_id", _ID, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due", at, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", at, nullable=False),
        sa.Column("ended_at", at, nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_promises_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_ticket_id"), "promises", ["ticket_id"])
    op.create_index(op.f("ix_promises_customer_id"), "promises", ["customer_id"])
    op.execute(
        "INSERT INTO promises (ticket_id, customer_id, message_id, source, owner, due, state, "
        "created_at) SELECT e.ticket_id, t.customer_id, coalesce((SELECT max(m.id) FROM messages m "
        "WHERE m.ticket_id = e.ticket_id AND m.author = 'agent' AND m.public), 0), 'escalation', "
        "e.owner, e.promised_at, 'open', e.created_at "
        "FROM escalations e JOIN tickets t ON t.id = e.ticket_id "
        "WHERE e.promised_at IS NOT NULL AND e.state <> 'resolved' AND NOT EXISTS (SELECT 1 FROM "
        "messages p WHERE p.ticket_id = e.ticket_id AND p.author = 'person' AND p.public AND "
        "p.created_at > e.created_at)"
    )
    op.drop_column("escalations", "promised_at")
