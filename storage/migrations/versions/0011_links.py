"""What people linked to tickets, and the words of the tickets that have a link."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What PostgreSQL has indexed stays in English stems until its article changes; it is made anew
    in the article's own language."""
    op.create_table(
        "links",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_links_ticket_id")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_links_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("ticket_id", "article_id", name=op.f("uq_links_ticket_id_article_id")),
    )
    op.create_index(op.f("ix_links_article_id"), "links", ["article_id"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE ticket_index USING fts5 "
            "(title, body, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        return
    op.execute("CREATE TABLE ticket_index (ticket_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX ix_ticket_index_words ON ticket_index USING GIN (words)")
    for language, config in _STEMMERS.items():
        op.execute(
            f"""
            UPDATE article_index i SET words =
                setweight(to_tsvector('{config}', a.title), 'A')
                || setweight(to_tsvector('{config}', a.summary || chr(10) || a.body), 'D')
            FROM articles a WHERE a.id = i.article_id AND lower(left(a.language, 2)) = '{language}'
            """  # noqa: S608 - of the closed list below
        )


_STEMMERS = {
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
