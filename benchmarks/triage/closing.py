"""How many requests the agent would close by an answer, out of which articles."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.triage.sets import Requests, rows
from bot.agent.offline import OfflineAgent
from bot.config.policy import EscalationSettings, Rules
from bot.imports import ArticleRow, read_rows
from bot.replay import Policy, Replay, search_over

COMPANY = Path(__file__).parents[2] / "sandbox" / "company" / "articles"
# A file in no order of time shows no incidents.
POLICY = Policy(EscalationSettings(rules=Rules(incident=0)))


@dataclass(frozen=True)
class Closed:
    """Of `tickets`, `closed` were answered with no person in between and `asked` were asked for
    what their words leave out; what is left has a person."""

    requests: Requests
    articles: str
    tickets: int
    closed: int
    asked: int

    @property
    def share(self) -> float:
        return 100 * self.closed / self.tickets

    @property
    def passed_on(self) -> int:
        return self.tickets - self.closed - self.asked


def libraries(folder: Path) -> Mapping[str, Sequence[ArticleRow]]:
    """A browser's help centre, the sample company's, and procedures that tell staff how each of
    these acts is done, which nobody should hand to customers: the worst case."""
    procedures = [
        ArticleRow(id=row["id"], title=row["title"], summary="", body=row["body"])
        for row in rows(folder / "policy-dev/policies.jsonl")
    ]
    return {
        "browser": articles_of(folder / "kb-sumo-dev" / "articles.jsonl"),
        "company": articles_of(COMPANY),
        "procedures": procedures,
    }


def articles_of(path: Path) -> list[ArticleRow]:
    found = read_rows("articles", path, datetime.now(UTC).date())
    return [row for row in found if isinstance(row, ArticleRow)]


def closings(
    kinds: Sequence[Requests],
    libraries: Mapping[str, Sequence[ArticleRow]],
    told: Callable[[int], None],
) -> Iterator[Closed]:
    for name, articles in libraries.items():
        with deciding(articles) as replay:
            for kind in kinds:
                decided: Counter[str] = Counter()
                for ticket in kind.tickets:
                    decided[replay.decide(ticket).decision] += 1
                    told(1)
                yield Closed(kind, name, len(kind.tickets), decided["answer"], decided["ask"])


@contextmanager
def deciding(articles: Sequence[ArticleRow]) -> Iterator[Replay]:
    with search_over(articles) as search:
        yield Replay(OfflineAgent(), search, POLICY)
