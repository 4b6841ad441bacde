"""What articles mean, as vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "meanings",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("article_id", number, nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_meanings_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meanings")),
        sa.UniqueConstraint("article_id", name=op.f("uq_meanings_article_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_meanings_model"), "meanings", ["model"], unique=False)
