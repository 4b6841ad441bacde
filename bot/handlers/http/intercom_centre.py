"""The `HelpCentre` port over Intercom's Articles API.

https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.centre import CentreArticle
from bot.config.outside import CentreSettings
from bot.handlers.http.article_html import article_html, article_markdown, digest_of, styling_of
from bot.handlers.http.intercom import VERSION
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward, repeatable, there

PAGE = 50
_OF_A_TRANSLATION = ("title", "description", "body", "author_id")


class IntercomCentre:
    """Intercom keeps no marker of ours: what may have been added is known by its words."""

    name = "intercom"

    def __init__(
        self, url: str, token: str, centre: CentreSettings, timeout: httpx.Timeout = TIMEOUT
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "Intercom-Version": VERSION}
        client = httpx.Client(base_url=url.rstrip("/"), headers=headers, timeout=timeout)
        self._api, self._centre = Outward(client, _code), centre

    def close(self) -> None:
        self._api.close()

    def digest(self, title: str, body: str) -> str:
        return digest_of(title, article_html(body))

    def article(self, article: str) -> CentreArticle | None:
        told = there(lambda: self._api.read(f"/articles/{article}"), "not_found")
        return _article(told) if told is not None else None

    def articles(self) -> Iterator[CentreArticle]:
        page, pages = 1, 1
        while page <= pages:
            told = self._api.read("/articles", {"page": page, "per_page": PAGE})
            yield from map(_article, objects(told, "data"))
            total = inner(told, "pages").get("total_pages")
            pages = total if isinstance(total, int) else 0
            page += 1

    def find(self, marker: str, title: str, body: str) -> Sequence[CentreArticle]:
        sent = self.digest(title, body)
        return [one for one in self.articles() if one.title == title and one.digest == sent]

    def add(self, title: str, body: str, language: str, marker: str) -> CentreArticle:
        wanted: dict[str, Any] = {
            "title": title,
            "body": article_html(body),
            "author_id": int(self._centre.author or 0),
            "state": "published",
        }
        if self._centre.section:
            wanted |= {"parent_id": int(self._centre.section), "parent_type": "collection"}
        return _article(self._api.change("POST", "/articles", json.dumps(wanted).encode()))

    def change(self, article: str, title: str, body: str, language: str) -> CentreArticle:
        wanted = {"title": title, "body": article_html(body), "state": "published"}
        return self._put(article, wanted)

    def withdraw(self, article: str) -> CentreArticle:
        """In every language: what is wrong in one is not right in another."""
        told = inner(self._api.read(f"/articles/{article}"), "translated_content")
        shown = {locale: inner(told, locale) for locale in told}
        hidden = {
            locale: {name: one[name] for name in _OF_A_TRANSLATION if name in one}
            | {"type": "article_content", "state": "draft"}
            for locale, one in shown.items()
            if one.get("state") == "published"
        }
        wanted: dict[str, Any] = {"state": "draft"}
        return self._put(article, wanted | ({"translated_content": hidden} if hidden else {}))

    def _put(self, article: str, wanted: Mapping[str, Any]) -> CentreArticle:
        content = json.dumps(wanted).encode()
        repeatable(lambda: self._api.change("PUT", f"/articles/{article}", content))
        return _article(self._api.read(f"/articles/{article}"))


def _code(body: Mapping[str, Any]) -> object:
    errors = objects(body, "errors")
    return errors[0].get("code") if errors else None


def _article(told: Mapping[str, Any]) -> CentreArticle:
    title, markup = words(told.get("title")), words(told.get("body"))
    return CentreArticle(
        id=ident(told.get("id")),
        title=title,
        markup=markup,
        read=article_markdown,
        look=styling_of,
        digest=digest_of(title, markup),
        language=words(told.get("default_locale")).partition("-")[0].lower(),
        is_public=told.get("state") == "published",
        updated=moment(told.get("updated_at")) or datetime.fromtimestamp(0, UTC),
        url=words(told.get("url")),
    )
