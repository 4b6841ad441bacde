"""Articles with an audience, an owner, a state and versions; questions, gaps that are claimed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What an earlier version had imported people read already: it is published."""
    _articles()
    _gaps()
    _versions_and_uses()
    _questions()
    _likenesses_and_mirrors()


def _articles() -> None:
    for name in ("category", "owner", "playbook", "stale"):
        op.add_column("articles", sa.Column(name, sa.String(), server_default="", nullable=False))
    for name in ("releases", "readers"):
        op.add_column("articles", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    for name in ("review_days", "number"):
        op.add_column("articles", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    for name, value in (("audience", "public"), ("state", "published")):
        kind = sa.String(length=20)
        op.add_column("articles", sa.Column(name, kind, server_default=value, nullable=False))
    for name in ("stale_at", "published_at"):
        op.add_column("articles", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE articles SET audience = 'internal' WHERE NOT public")
    op.drop_column("articles", "public")


def _gaps() -> None:
    for name in ("category", "claimed_by", "currency"):
        op.add_column("gaps", sa.Column(name, sa.String(), server_default="", nullable=False))
    for name in ("cluster", "stake"):
        op.add_column("gaps", sa.Column(name, ID, server_default="0", nullable=False))
    op.add_column(
        "gaps", sa.Column("state", sa.String(length=20), server_default="open", nullable=False)
    )
    op.add_column("gaps", sa.Column("article_id", ID, nullable=True))
    op.execute("UPDATE gaps SET cluster = id")
    op.create_index(op.f("ix_gaps_cluster"), "gaps", ["cluster"], unique=False)


def _versions_and_uses() -> None:
    op.create_table(
        "article_versions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_versions_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_versions")),
        sa.UniqueConstraint(
            "article_id", "number", name=op.f("uq_article_versions_article_id_number")
        ),
    )
    for name in ("article_id", "customer_id"):
        op.create_index(op.f(f"ix_article_versions_{name}"), "article_versions", [name])
    op.create_table(
        "article_uses",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_uses_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_uses")),
        sa.UniqueConstraint(
            "article_id", "kind", "about", name=op.f("uq_article_uses_article_id_kind_about")
        ),
    )


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("surface", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_customer_id"), "questions", ["customer_id"])


def _likenesses_and_mirrors() -> None:
    op.create_table(
        "likenesses",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("one", ID, nullable=False),
        sa.Column("other", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["articles.id"], name=op.f("fk_likenesses_one")),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name=op.f("fk_likenesses_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likenesses")),
        sa.UniqueConstraint("one", "other", "kind", name=op.f("uq_likenesses_one_other_kind")),
    )
    op.create_table(
        "releases",
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("product", "version", name=op.f("pk_releases")),
    )
    op.create_table(
        "mirrors",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_mirrors_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "desk", name=op.f("pk_mirrors")),
        sa.UniqueConstraint("desk", "ref", name=op.f("uq_mirrors_desk_ref")),
    )
