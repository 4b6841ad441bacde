"""Who and what the help desk knows before the first ticket: people, organisations, articles."""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.helpdesk.markup import to_html
from sandbox.helpdesk.records import Article, Organization, User

Rows = Iterable[Mapping[str, Any]]


class Directory:
    """Built from plain dicts as in `sandbox/company`; unknown keys become custom fields."""

    def __init__(self, customers: Rows, accounts: Rows, articles: Rows, agents: Rows) -> None:
        self._numbers = itertools.count(360_001)
        self.users: dict[int, User] = {}
        self.organizations: dict[int, Organization] = {}
        self.articles: dict[int, Article] = {}
        self._by_email: dict[str, User] = {}
        self._by_external: dict[str, Organization] = {}
        for row in accounts:
            self._add_organization(row)
        for row in agents:
            self.add_user(row["name"], row["email"], "agent")
        for row in customers:
            self._add_customer(row)
        for row in articles:
            self._add_article(row)

    def _add_organization(self, row: Mapping[str, Any]) -> None:
        fields = {key: value for key, value in row.items() if key not in ("id", "name")}
        organization = Organization(next(self._numbers), row["name"], row["id"], fields)
        self.organizations[organization.id] = organization
        self._by_external[row["id"]] = organization

    def _add_customer(self, row: Mapping[str, Any]) -> None:
        known = ("id", "name", "email", "account", "language", "phone")
        customer = self.add_user(
            row["name"], row["email"], "end-user", organization=row.get("account")
        )
        customer.external_id = row["id"]
        customer.language = row.get("language")
        customer.phone = row.get("phone")
        customer.fields = {key: value for key, value in row.items() if key not in known}

    def _add_article(self, row: Mapping[str, Any]) -> None:
        article = Article(
            id=next(self._numbers),
            title=row["title"],
            html=row.get("html") or to_html(row.get("body", "")),
            summary=row.get("summary", ""),
            language=row.get("language", "en"),
            tags=list(row.get("tags", [])),
            updated=float(row.get("updated", 0)),
            external_id=str(row.get("id", "")),
        )
        self.articles[article.id] = article

    def add_article(
        self, title: str, html: str, language: str, tags: list[str], section: int | None, at: float
    ) -> Article:
        article = Article(next(self._numbers), title, html, "", language, tags, at, "", section)
        self.articles[article.id] = article
        return article

    def add_user(self, name: str, email: str, role: Any, organization: str | None = None) -> User:
        """Add a person; `organization` is the company's own id of the account."""
        home = self._by_external.get(organization or "")
        user = User(next(self._numbers), name, email, role, home.id if home else None)
        self.users[user.id] = user
        self._by_email[email.lower()] = user
        return user

    def by_email(self, email: str) -> User | None:
        return self._by_email.get(email.lower())

    def by_external_id(self, external_id: str) -> User | None:
        found = [user for user in self.users.values() if user.external_id == external_id]
        return found[0] if found else None

    def customer(self, email: str, name: str = "", organization: str | None = None) -> User:
        """Find or add whoever writes from this address."""
        known = self.by_email(email)
        if known is not None:
            return known
        return self.add_user(name or email.partition("@")[0], email, "end-user", organization)
