"""The article search over files, without a bot: what it finds for each question.

Articles, past tickets and questions are JSON Lines (CSV and folders of Markdown are read too) and
are taken as loosely as they come: whatever has an id and a word in it. HTML is read as its words.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.imports.files import Unreadable, raw_rows
from bot.words import storable
from storage.engine import open_engine
from storage.models import Article, Customer, Ticket
from storage.schema import migrate
from storage.search import Found, Nearest, Search
from storage.search.nearest import unread
from storage.unit_of_work import UnitOfWork

RESULTS = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_READ = 100_000
_TITLES = ("title", "subject", "question")
_TEXTS = ("text", "body", "description", "content", "message")
_DOCS = ("doc", "article", "id", "doc_id")
_RELS = ("rel", "relevance", "weight")
# What is not closed goes on to the end, as in a browser; and is looked through once.
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """`id` as the file has it, since whoever reads the results looks for it there."""

    id: Any
    title: str
    text: str
    summary: str = ""
    language: str = ""
    links: Mapping[str, float] = field(default_factory=dict)


def rows_of(path: Path) -> Iterator[Row | str]:
    """Each row of the file, or why it is none."""
    for line, file, raw in raw_rows(path):
        place = file or f"line {line}"
        if isinstance(raw, Unreadable):
            yield f"{place}: {raw.reason}"
        elif not isinstance(raw.get("id"), str | int) or raw["id"] == "":
            yield f"{place}: has no id"
        else:
            yield _row(raw)


@contextmanager
def base(nearest: Nearest | None = None) -> Iterator["Base"]:
    """An empty base of articles, kept in memory; `nearest` finds them by their meaning too."""
    engine = open_engine("sqlite://")
    migrate(engine)
    with UnitOfWork(engine) as uow:
        yield Base(uow, nearest)
    engine.dispose()


class Base:
    """Articles and past tickets of a file, each learnt at once."""

    def __init__(self, uow: UnitOfWork, nearest: Nearest | None = None) -> None:
        self.uow, self._nearest = uow, nearest
        self.search = Search(uow.session, nearest)
        self._articles: dict[str, tuple[int, Any]] = {}
        customer = Customer(source="file", ref="everybody", created_at=_EPOCH)
        self._customer = uow.customers.add(customer, "", "").id
        self._count = 0

    def add_article(self, row: Row) -> bool:
        """False for one whose id stands there already."""
        if str(row.id) in self._articles:
            return False
        told = {"title": row.title, "summary": row.summary, "body": row.text}
        language = row.language or "en"
        article = self.uow.articles.add(Article(ref=str(row.id), language=language, **told))
        self.search.index(article)
        if self._nearest:
            words = unread(article)
            self._nearest.put(words, self._nearest.read(words), self.uow)
        self._articles[str(row.id)] = article.id, row.id
        return True

    def learn(self, row: Row) -> int:
        """How many of its links lead to an article of ours; those to others say nothing."""
        known = {doc: rel for doc, rel in row.links.items() if doc in self._articles}
        if known:
            self._count += 1
            ticket = Ticket(source="file", ref=str(self._count), customer_id=self._customer)
            ticket.created_at = ticket.desk_updated_at = _EPOCH
            self.uow.tickets.add(ticket, row.title)
            for doc, rel in known.items():
                article, _ = self._articles[doc]
                self.uow.links.put(ticket.id, article, rel, "file", _EPOCH)
            self.search.learn(ticket.id, row.title, row.text, row.language)
        return len(known)

    def find(self, row: Row) -> Sequence[Found]:
        return self.search.articles(row.text, RESULTS, subject=row.title)

    def as_line(self, row: Row, found: Iterable[Found]) -> str:
        results = [
            {"id": self._articles[each.ref][1], "score": round(each.score, 4)} for each in found
        ]
        return json.dumps({"id": row.id, "results": results}, ensure_ascii=False)


def _row(raw: Mapping[str, Any]) -> Row:
    return Row(
        id=storable(raw["id"]) if isinstance(raw["id"], str) else raw["id"],
        title=_first_text(raw, _TITLES),
        text=_first_text(raw, _TEXTS),
        summary=_first_text(raw, ("summary",)),
        language=_first_text(raw, ("language", "lang", "locale")),
        links=dict(_links(raw)),
    )


def _links(raw: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """What is judged as not relevant is no link."""
    told = raw.get("qrels", raw.get("links"))
    for each in told if isinstance(told, list) else ():
        link = each if isinstance(each, dict) else {"doc": each}
        doc = next((link[name] for name in _DOCS if isinstance(link.get(name), str | int)), None)
        rel = next((link[name] for name in _RELS if name in link), 1)
        weight = float(rel) if isinstance(rel, int | float) else 1.0
        if doc is not None and 0 < weight < 1_000:
            yield str(doc), weight


def _first_text(raw: Mapping[str, Any], names: Sequence[str]) -> str:
    told = (raw[name] for name in names if isinstance(raw.get(name), str) and raw[name].strip())
    return plain(next(told, ""))


def plain(text: str) -> str:
    """The words of a text that may be HTML."""
    text = storable(text[:_READ])
    if "<" in text:
        text = _TAG.sub(" ", _SILENT.sub(" ", text))
    return html.unescape(text) if "&" in text else text
