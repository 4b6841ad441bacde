"""What a model told a colleague is shown to them and kept nowhere: nothing ever read it again."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("questions") as table:
        table.drop_column("answer")
