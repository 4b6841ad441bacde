"""Zendesk's Help Center API: articles are added to a section, and their words changed by language.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

from typing import Any

from sandbox.helpdesk import zendesk_shapes
from sandbox.helpdesk.gate import Call, Refusal
from sandbox.helpdesk.records import Article, Translation


def article(call: Call) -> dict[str, Any]:
    return {"article": zendesk_shapes.article_body(_found(call))}


def add(call: Call) -> tuple[int, dict[str, Any]]:
    """Who may edit and who may see it must be said, though the latter may be null: everybody."""
    wanted = call.body.get("article")
    if not isinstance(wanted, dict):
        raise _invalid("article is required")
    title, locale = wanted.get("title"), wanted.get("locale")
    if not isinstance(title, str) or not title.strip() or not isinstance(locale, str):
        raise _invalid("Title and locale can't be blank")
    if not isinstance(wanted.get("permission_group_id"), int) or "user_segment_id" not in wanted:
        raise _invalid("permission_group_id and user_segment_id are needed")
    labels = wanted.get("label_names") or []
    if not isinstance(labels, list):
        raise _invalid("label_names is a list")
    added = call.desk.directory.add_article(
        title,
        str(wanted.get("body") or ""),
        locale.lower(),
        [str(label) for label in labels],
        int(call.path("section")),
        call.desk.now(),
    )
    added.is_draft = bool(wanted.get("draft"))
    return 201, {"article": zendesk_shapes.article_body(added)}


def translate(call: Call) -> dict[str, Any]:
    """One that is there already; its own language is among them."""
    found, wanted = _found(call), call.body.get("translation")
    locale = call.path("locale").removesuffix(".json")
    told = found if locale == found.language else found.translations.get(locale)
    if told is None:
        raise Refusal(404, {"error": "RecordNotFound", "description": "Not found"})
    if not isinstance(wanted, dict):
        raise _invalid("translation is required")
    if "title" in wanted and not str(wanted["title"] or "").strip():
        raise _invalid("Title can't be blank")
    told.title = str(wanted.get("title", told.title))
    told.html = str(wanted.get("body", told.html))
    told.is_draft = bool(wanted.get("draft", told.is_draft))
    found.updated = call.desk.now()
    return {"translation": _translation(found, locale, told)}


def change(call: Call) -> dict[str, Any]:
    """What an article has beside its words, as far as anybody here changes it."""
    found, wanted = _found(call), call.body.get("article")
    if not isinstance(wanted, dict):
        raise _invalid("article is required")
    found.segment = wanted.get("user_segment_id", found.segment)
    found.updated = call.desk.now()
    return {"article": zendesk_shapes.article_body(found)}


def translations(call: Call) -> dict[str, Any]:
    found = _found(call)
    rows: dict[str, Article | Translation] = {found.language: found, **found.translations}
    told = [_translation(found, locale, one) for locale, one in rows.items()]
    return zendesk_shapes.page_of(call, "translations", told)


def _translation(article: Article, locale: str, told: Article | Translation) -> dict[str, Any]:
    body = {"locale": locale, "title": told.title, "body": told.html}
    return {**body, "draft": told.is_draft, "source_id": article.id, "source_type": "Article"}


def _found(call: Call) -> Article:
    found = call.desk.directory.articles.get(int(call.path("id")))
    if found is None:
        raise Refusal(404, {"error": "RecordNotFound", "description": "Not found"})
    return found


def _invalid(why: str) -> Refusal:
    return Refusal(422, {"error": "RecordInvalid", "description": why})
