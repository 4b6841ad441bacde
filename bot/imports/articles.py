"""A row of articles."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.imports.fields import Fields
from bot.imports.rows import ArticleRow

AUDIENCES = ("public", "internal", "restricted")
STATES = ("draft", "in_review", "published", "retired")


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
        releases=fields.names("releases") if fields.tells("releases") else None,
        category=fields.word("category") if fields.tells("category") else None,
        audience=_one_of(fields, "audience", AUDIENCES),
        readers=fields.names("readers") if fields.tells("readers") else None,
        owner=fields.text("owner") if fields.tells("owner") else None,
        review_days=fields.whole("review_days"),
        state=_one_of(fields, "state", STATES),
        version=fields.whole("version"),
        reviewer=fields.text("reviewer"),
        styling=fields.text("styling"),
    )
    return fields.checked(row)


def _one_of(fields: Fields, name: str, known: Sequence[str]) -> str | None:
    found = fields.word(name)
    if found and found not in known:
        fields.refuse(f"{name}: is none of {', '.join(known)}")
    return found or None
