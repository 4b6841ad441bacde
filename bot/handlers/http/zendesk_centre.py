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
from bot.handlers.http.article_html import article_html, article_markdown, digest_of, styling_of
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.outward import TIMEOUT, Outward, repeatable, there

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

    def article(self, article: str) -> CentreArticle | None:
        told = there(lambda: self._api.read(f"/articles/{article}.json"), "RecordNotFound")
        return _article(inner(told, "article")) if told is not None else None

    def articles(self) -> Iterator[CentreArticle]:
        return self._pages({})

    def find(self, marker: str, title: str, body: str) -> Sequence[CentreArticle]:
        return list(self._pages({"label_names": marker}))

    def add(self, title: str, body: str, language: str, marker: str) -> CentreArticle:
        wanted = {
            "title": title,
            "body": article_html(body),
            "locale": self._locale(language),
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
        told = [words(one.get("locale")) for one in self._translations(article)]
        ours, base = self._locale(language), _base(language)
        of_language = [one for one in told if _base(one) == base]
        same = [one for one in told if one.lower() == ours.lower()]
        wanted = {"title": title, "body": article_html(body), "draft": False}
        self._translate(article, next(iter((*same, *of_language)), ours), wanted)
        changed = self._read(article)
        if changed.get("user_segment_id") is not None:
            content = json.dumps({"article": {"user_segment_id": None}}).encode()
            repeatable(lambda: self._api.change("PUT", f"/articles/{article}.json", content))
            changed = self._read(article)
        return _article(changed)

    def withdraw(self, article: str) -> CentreArticle:
        """In every language: what is wrong in one is not right in another."""
        for told in self._translations(article):
            if told.get("draft") is not True:
                self._translate(article, words(told.get("locale")), {"draft": True})
        return _article(self._read(article))

    def _locale(self, language: str) -> str:
        return self._centre.locales.get(language, language)

    def _read(self, article: str) -> Mapping[str, Any]:
        return inner(self._api.read(f"/articles/{article}.json"), "article")

    def _translations(self, article: str) -> list[Mapping[str, Any]]:
        return list(self._rows(f"/articles/{article}/translations.json", "translations", {}))

    def _translate(self, article: str, locale: str, wanted: Mapping[str, Any]) -> None:
        content = json.dumps({"translation": wanted}).encode()
        path = f"/articles/{article}/translations/{locale}.json"
        repeatable(lambda: self._api.change("PUT", path, content))

    def _pages(self, params: Mapping[str, str]) -> Iterator[CentreArticle]:
        yield from map(_article, self._rows("/articles.json", "articles", params))

    def _rows(self, path: str, name: str, params: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        page: dict[str, str | int] = {**params, "page[size]": PAGE}
        while True:
            told = self._api.read(path, page)
            yield from objects(told, name)
            cursor = words(inner(told, "meta").get("after_cursor"))
            if inner(told, "meta").get("has_more") is not True or not cursor:
                return
            page["page[after]"] = cursor


def _article(told: Mapping[str, Any]) -> CentreArticle:
    title, markup = words(told.get("title")), words(told.get("body"))
    labels = told.get("label_names")
    return CentreArticle(
        id=ident(told.get("id")),
        title=title,
        markup=markup,
        read=article_markdown,
        look=styling_of,
        digest=digest_of(title, markup),
        language=_base(words(told.get("locale"))),
        # What is for signed-in people or for agents alone is read by some, not by everybody.
        is_public=told.get("draft") is not True and told.get("user_segment_id") is None,
        updated=moment(told.get("updated_at")) or datetime.fromtimestamp(0, UTC),
        url=words(told.get("html_url")),
        labels=tuple(map(words, labels)) if isinstance(labels, list) else (),
    )


def _base(locale: str) -> str:
    """ "en" of "en-gb"."""
    return locale.replace("_", "-").partition("-")[0].lower()
