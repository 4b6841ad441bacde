"""Alembic's entry: migrate over the connection that `storage.schema` hands in."""

from alembic import context

from storage.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    include_name=lambda name, kind, parents: (
        not (kind == "table" and str(name).startswith("article_index"))
    ),
)
context.run_migrations()
