"""Intercom's Articles API, as much as changes articles."""

from typing import Any

from sandbox.helpdesk import intercom_shapes
from sandbox.helpdesk.gate import Call
from sandbox.helpdesk.intercom_reading import refusal
from sandbox.helpdesk.records import Article, Translation

_STATES = ("draft", "published")


def add(call: Call) -> dict[str, Any]:
    """A title and an author who is an admin are needed; without a state it is a draft."""
    title = call.body.get("title")
    if not isinstance(title, str) or not title.strip():
        raise refusal(400, "parameter_not_found", "Title is needed.")
    author = call.desk.directory.users.get(call.body.get("author_id") or 0)
    if author is None or not author.is_staff:
        raise refusal(400, "parameter_not_found", "author_id must be in the main body.")
    parent = call.body.get("parent_id")
    if parent is not None and call.body.get("parent_type") not in ("collection", "section"):
        raise refusal(400, "parameter_invalid", "parent_type is needed with parent_id.")
    language = "en"
    added = call.desk.directory.add_article(
        title, str(call.body.get("body") or ""), language, [], parent, call.desk.now()
    )
    added.is_draft = _state(call, "draft") == "draft"
    return intercom_shapes.article_body(added)


def change(call: Call) -> dict[str, Any]:
    number = call.path("id")
    found = call.desk.directory.articles.get(int(number)) if number.isdecimal() else None
    if found is None:
        raise refusal(404, "not_found", "Resource Not Found")
    _tell(call, found)
    return intercom_shapes.article_body(found)


def _tell(call: Call, article: Article) -> None:
    state = _state(call, "draft" if article.is_draft else "published")
    article.title = str(call.body.get("title", article.title))
    article.html = str(call.body.get("body", article.html))
    translated = call.body.get("translated_content") or {}
    for locale, told in translated.items():
        if not isinstance(told, dict) or told.get("state") not in _STATES:
            raise refusal(400, "parameter_invalid", f"translated_content of {locale}.")
        before = article.translations.get(locale, Translation("", ""))
        title, html = told.get("title", before.title), told.get("body", before.html)
        article.translations[locale] = Translation(title, html, told["state"] == "draft")
    article.is_draft, article.updated = state == "draft", call.desk.now()


def _state(call: Call, otherwise: str) -> str:
    state = call.body.get("state", otherwise)
    if state not in _STATES:
        raise refusal(400, "parameter_invalid", "state is draft or published.")
    return str(state)
