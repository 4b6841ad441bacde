"""A row of articles."""

from collections.abc import Mapping
from typing import Any

from bot.imports.fields import Fields
from bot.imports.rows import ArticleRow


def article_row(raw: Mapping[str, Any]) -> ArticleRow:
    """Read `id`, `title` and `body`, and whatever else the row says; raise BadRow.

    An article that does not say `public: false` is public: files of articles are exports of help
    centres, where customers read them already.
    """
    fields = Fields(raw)
    row = ArticleRow(
        id=fields.required_ident("id", "slug"),
        title=fields.required_text("title", "subject"),
        summary=fields.text("summary", "description"),
        body=fields.required_text("body", "text"),
        products=fields.names("products", "product"),
        language=fields.language("language", "lang", "locale"),
        public=fields.flag("public", default=True),
        reviewed=fields.day("reviewed", "reviewed_at"),
        url=fields.address("url", "html_url"),
    )
    return fields.checked(row)
