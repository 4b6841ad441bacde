"""A row of articles."""

from collections.abc import Mapping
from typing import Any

from bot.imports.fields import BadRow, Fields
from bot.imports.rows import ArticleRow


def article_row(raw: Mapping[str, Any]) -> ArticleRow:
    """Read `id`, `title` and `body`, and whatever else the row says; raise BadRow.

    An article that does not say `public: false` is public: files of articles are exports of help
    centres, where customers read them already.
    """
    fields = Fields(raw)
    title, body = fields.text("title", "subject"), fields.text("body", "text")
    for name, value in (("title", title), ("body", body)):
        if not value:
            raise BadRow(f"{name}: is missing")
    return ArticleRow(
        id=fields.required_ident("id", "slug"),
        title=title,
        summary=fields.text("summary", "description"),
        body=body,
        products=fields.names("products", "product"),
        language=fields.language("language", "lang", "locale"),
        tags=fields.names("tags", "topics"),
        public=fields.flag("public", default=True),
        reviewed=fields.day("reviewed", "reviewed_at"),
    )
