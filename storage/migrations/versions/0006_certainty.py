"""What a ticket has been answered for, and what is certain of an effect."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _one_act_about_one_thing()
    _certainty_of_effects()
    op.add_column("tickets", sa.Column("assignee", sa.String(), nullable=True))
    promised = sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("escalations", promised)
    new = (("tickets", "desk_priority"), ("messages", "translation"), ("articles", "url"))
    for table, column in new:
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
    _who_answers()


def _certainty_of_effects() -> None:
    never = sa.Column("certainty", sa.String(20), nullable=False, server_default="never_sent")
    op.add_column("effects", never)
    op.add_column(
        "effects", sa.Column("sampled", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("effects", sa.Column("sample_rate", sa.Double(), nullable=True))
    op.add_column(
        "approvals", sa.Column("category", sa.String(), nullable=False, server_default="")
    )
    op.execute(
        "UPDATE effects SET certainty = CASE WHEN trouble = 'settled' THEN 'settled_nothing' "
        "ELSE 'maybe' END WHERE state <> 'ready' AND coalesce(trouble, '') <> 'unreached'"
    )
    op.execute(
        "UPDATE approvals SET category = coalesce((SELECT decisions.category FROM decisions "
        "WHERE decisions.id = approvals.decision_id), '')"
    )


def _who_answers() -> None:
    """Words that an earlier version knew were looked at by it."""
    op.add_column("tickets", sa.Column("desk_owner", sa.String(), nullable=True))
    op.add_column(
        "messages", sa.Column("taken_up", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("accounts", sa.Column("handoffs", sa.JSON(), nullable=False, server_default="[]"))


def _one_act_about_one_thing() -> None:
    """Of approvals from before nobody says what they are about, so they are in nobody's way."""
    op.add_column("approvals", sa.Column("about", sa.String(), nullable=True))
    op.add_column("approvals", sa.Column("basis", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("approvals", sa.Column("beside", sa.JSON(), nullable=False, server_default="[]"))
    waiting, living = sa.text("state = 'pending'"), sa.text("state in ('pending', 'approved')")
    op.create_index(
        "uq_approvals_one_waiting",
        "approvals",
        ["about"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index(
        "uq_approvals_one_a_ticket",
        "approvals",
        ["about", "ticket_id"],
        unique=True,
        sqlite_where=living,
        postgresql_where=living,
    )
