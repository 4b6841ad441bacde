"""Which articles were near what a customer asked; nothing was ever kept in its place before."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both databases spell it so; Alembic would copy the whole table on SQLite.
    op.execute("ALTER TABLE decisions RENAME COLUMN signals TO found")
