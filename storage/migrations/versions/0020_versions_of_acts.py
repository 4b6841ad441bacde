"""What people changed before they approved it, and what they asked."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("approvals") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("editors", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("approval_votes") as table:
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(op.f("uq_approval_votes_approval_id_person"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_approval_votes_approval_id_version_person"),
            ["approval_id", "version", "person"],
        )
    op.create_table(
        "approval_versions",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("approval_id", number, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approvals.id"], name=op.f("fk_approval_versions_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_versions")),
        sa.UniqueConstraint("approval_id", "n", name=op.f("uq_approval_versions_approval_id_n")),
    )
    # What was proposed before this version was its first one, too.
    op.execute(
        "INSERT INTO approval_versions (approval_id, n, payload, digest, by, at, note, question) "
        "SELECT id, 1, payload, digest, CASE WHEN decision_id IS NULL THEN requester ELSE "
        "(SELECT agent FROM decisions WHERE decisions.id = approvals.decision_id) END, "
        "created_at, '', '' FROM approvals"
    )
