"""The `HelpCentre` port over Zendesk's Help Center API.

Title, body and draft of an article that is there belong to its translation:
https://developer.zendesk.com/api-reference/help_center/help-center-api/translations/ .
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.centre import CentreArticle
from bot.config.outside import CentreSettings
from bot.handlers.http.article_html import article_html, digest_of
from bot.handlers.http.html_text import plain_text
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward, repeatable

PAGE = 100


class ZendeskCentre:
    """What we add carries its marker as a label."""

    name = "zendesk"

    def __init__(
        self,
        url: str,
        token: str,
        user: str | None,
        centre: CentreSettings,
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        auth = httpx.BasicAuth(f"{user}/token", token) if user else None
        headers = {} if user else {"Authorization": f"Bearer {token}"}
        client = httpx.Client(
            base_url=f"{url.rstrip('/')}/api/v2/help_center",
            auth=auth,
            headers=headers,
            timeout=timeout,
        )
        self._api, self._centre = Outward(client, lambda body: body.get("error")), centre

    def close(self) -> None:
        self._api.close()

    def digest(self, title: str, body: str) -> str:
        return digest_of(title, article_html(body))

    def article(self, article: str) -> CentreArticle:
        return _article(inner(self._api.read(f"/articles/{article}.json"), "article"))

    def articles(self) -> Iterator[CentreArticle]:
        return self._pages({})

    def find(self, marker: str, title: str, body: str) -> Sequence[CentreArticle]:
        return list(self._pages({"label_names": marker}))

    def add(self, title: str, body: str, language: str, marker: str) -> CentreArticle:
        wanted = {
            "title": title,
            "body": article_html(body),
            "locale": self._centre.locales.get(language, language),
            "permission_group_id": int(self._centre.permission_group or 0),
            # Everybody; and nobody who follows the section gets a mail from us.
            "user_segment_id": None,
            "label_names": [marker],
            "draft": False,
        }
        content = json.dumps({"article": wanted, "notify_subscribers": False}).encode()
        told = self._api.change("POST", f"/sections/{self._centre.section}/articles.json", content)
        return _article(inner(told, "article"))

    def change(self, article: str, title: str, body: str, language: str) -> CentreArticle:
        wanted = {"title": title, "body": article_html(body), "draft": False}
        return self._translate(article, language, wanted)

    def withdraw(self, article: str, language: str) -> CentreArticle:
        return self._translate(article, language, {"draft": True})

    def _translate(self, article: str, language: str, wanted: Mapping[str, Any]) -> CentreArticle:
        locale = self._centre.locales.get(language, language)
        content = json.dumps({"translation": wanted}).encode()
        path = f"/articles/{article}/translations/{locale}.json"
        repeatable(lambda: self._api.change("PUT", path, content))
        return self.article(article)

    def _pages(self, params: Mapping[str, str]) -> Iterator[CentreArticle]:
        page: dict[str, str | int] = {**params, "page[size]": PAGE}
        while True:
            told = self._api.read("/articles.json", page)
            yield from map(_article, objects(told, "articles"))
            if inner(told, "meta").get("has_more") is not True:
                return
            page["page[after]"] = words(inner(told, "meta").get("after_cursor"))


def _article(told: Mapping[str, Any]) -> CentreArticle:
    title, markup = words(told.get("title")), words(told.get("body"))
    labels = told.get("label_names")
    return CentreArticle(
        id=ident(told.get("id")),
        title=title,
        body=plain_text(markup),
        digest=digest_of(title, markup),
        language=words(told.get("locale")).replace("_", "-").partition("-")[0].lower(),
        # What is for signed-in people or for agents alone is read by some, not by everybody.
        is_public=told.get("draft") is not True and told.get("user_segment_id") is None,
        updated=moment(told.get("updated_at")) or datetime.fromtimestamp(0, UTC),
        url=words(told.get("html_url")),
        labels=tuple(map(words, labels)) if isinstance(labels, list) else (),
    )
