"""The figures that are kept have the names that readers of the files rely on."""

import json
from pathlib import Path

import pytest

from bot.config.policy import EscalationSettings

KEPT = Path(__file__).parents[1] / "benchmarks"
SPEED = (
    *(f"slack.bare.c{count}.{what}" for count in (1, 16, 64) for what in ("per_s", "p99_ms")),
    *(
        f"slack.approve.{kind}.c{count}.{what}"
        for kind in ("sqlite", "postgres")
        for count in (1, 16, 64)
        for what in ("per_s", "p50_ms", "p99_ms", "ratio_to_bare")
    ),
    *(f"slack.approve.{kind}.rate50.p99_ms" for kind in ("sqlite", "postgres")),
    *(f"refund.{kind}.{what}" for kind in ("sqlite", "postgres") for what in ("p50_ms", "p99_ms")),
    *(f"deliveries.{kind}.per_s" for kind in ("sqlite", "postgres")),
    "ready_s",
    "rss_mb",
    "demo_second_start_s",
    "slack.quota_scale",
)

COUNTERS = (
    *(f"{how}_refunds" for how in ("duplicate", "lost", "ghost", "wrong")),
    *(f"{how}_posts" for how in ("doubled", "lost")),
    *(f"{how}_replies" for how in ("doubled", "lost", "ghost")),
    *(f"{how}_decisions" for how in ("unentitled", "stale", "duplicate", "missing", "hostile")),
    *("unstored_acks", "unanswered_clicks", "stale_cards", "lost_tickets", "lost_messages"),
    *("audit_breaks", "dead_letters", "unfinished_effects", "undrained"),
)


@pytest.fixture
def latest() -> dict[str, float]:
    found: dict[str, float] = json.loads((KEPT / "latest.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", SPEED)
def test_a_figure_of_speed_is_kept_under_its_name(latest: dict[str, float], name: str) -> None:
    """Law: flat keys with numbers, both databases beside each other."""
    assert isinstance(latest[name], int | float)
    assert latest[name] > 0


def test_the_table_for_readers_tells_the_figures_that_are_kept(latest: dict[str, float]) -> None:
    """Law: the two are written by one run."""
    table = (KEPT / "README.md").read_text("utf-8")
    told = f"| Approve, SQLite | 16 | {latest['slack.approve.sqlite.c16.per_s']:.0f} |"
    assert told in table


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_the_torture_that_is_kept_was_whole_and_found_nothing(kind: str) -> None:
    """Law: its load stands beside every counter that must be 0, per database."""
    kept = json.loads((KEPT / "torture.json").read_text("utf-8"))
    asked = {"approvals": 200, "clicks": 50, "kills": 20}
    assert {name: kept[f"{kind}.{name}"] for name in asked} == asked
    counters = {name: kept[f"{kind}.{name}"] for name in COUNTERS}
    assert counters == dict.fromkeys(COUNTERS, 0)


@pytest.fixture
def triage() -> dict[str, float]:
    found: dict[str, float] = json.loads((KEPT / "triage.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", ["bitext", "banking77", "clinc150", "taubench", "sumo_money"])
@pytest.mark.parametrize("articles", ["browser", "company", "procedures"])
def test_of_requests_with_consequences_hardly_any_was_closed(
    triage: dict[str, float], name: str, articles: str
) -> None:
    """Law: at most two of a hundred requests for an act are answered with no person in between,
    and hardly more are answered with questions."""
    kind = f"closed.{name}.act.{articles}"
    assert triage[f"{kind}.tickets"] >= 300
    assert triage[f"{kind}.closed"] <= 0.02 * triage[f"{kind}.tickets"]
    assert triage[f"{kind}.asked"] <= 0.05 * triage[f"{kind}.tickets"]


@pytest.mark.parametrize("articles", ["browser", "company", "procedures"])
def test_of_requests_for_a_person_hardly_any_was_closed(
    triage: dict[str, float], articles: str
) -> None:
    """Law: at most two of a hundred; whoever wants a person gets one."""
    kind = f"closed.bitext.person.{articles}"
    assert triage[f"{kind}.tickets"] >= 300
    assert triage[f"{kind}.closed"] + triage[f"{kind}.asked"] <= 0.02 * triage[f"{kind}.tickets"]


@pytest.mark.parametrize("known", [0, 100, 300, 600, 1_000, 1_900])
@pytest.mark.parametrize("part", ["tuned", "tested"])
def test_answers_at_the_shipped_confidence_cite_what_people_linked(
    triage: dict[str, float], part: str, known: int
) -> None:
    """Law: half of them or more, however many past tickets are known, on the questions that were
    tuned on and on later ones."""
    shipped = f"linked.{known}.{part}.{EscalationSettings().confidence:g}"
    assert triage[f"{shipped}.linked"] >= 0.5 * triage[f"{shipped}.answered"] > 0


@pytest.fixture
def citations() -> dict[str, float]:
    found: dict[str, float] = json.loads((KEPT / "citations.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("cited", ["passage", "article"])
@pytest.mark.parametrize("kind", ["number", "name", "denied", "affirmed", "opposite"])
def test_wrong_sentences_of_each_kind_are_caught(
    citations: dict[str, float], cited: str, kind: str
) -> None:
    """Law: nine of ten and more of each kind by itself, with at most one alarm in ten that is
    false; no kind is good at the cost of another."""
    assert citations[f"citations.{cited}.caught.{kind}.n"] >= 100
    assert citations[f"citations.{cited}.caught.{kind}.share"] >= 0.9
    assert citations[f"citations.{cited}.false_alarms.share"] <= 0.1


@pytest.fixture
def retrieval() -> dict[str, float]:
    found: dict[str, float] = json.loads((KEPT / "retrieval.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize(("known", "least"), [(0, 0.18), (1_900, 0.45)])
def test_later_questions_find_what_people_linked(
    retrieval: dict[str, float], known: int, least: float
) -> None:
    """Law: by words alone better than plain BM25 in the same run, and with every link better
    still."""
    assert retrieval[f"known.{known}.asked"] >= 250
    assert retrieval[f"known.{known}.ndcg"] >= max(least, retrieval["bm25.ndcg"])


def test_what_is_learnt_helps_at_every_size(retrieval: dict[str, float]) -> None:
    """Law: more past tickets never make the search worse."""
    found = [retrieval[f"known.{known}.ndcg"] for known in (0, 100, 300, 1_000, 1_900)]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("kind", "articles", "aim_ms"),
    [
        ("sqlite", 10_000, 20),
        ("sqlite", 100_000, 150),
        ("postgres", 10_000, 50),
        ("postgres", 100_000, 300),
    ],
)
def test_a_title_is_looked_up_in_the_time_that_was_aimed_at(
    retrieval: dict[str, float], kind: str, articles: int, aim_ms: float
) -> None:
    """Law: the figures that are kept were measured where nothing else ran."""
    assert retrieval[f"speed.{kind}.{articles}.titles.p99_ms"] < aim_ms


@pytest.mark.parametrize("kind", ["card", "token", "password", "email", "phone", "iban"])
def test_seeded_personal_data_does_not_reach_the_model(kind: str) -> None:
    """Law: no secret at all, in no post either; of the rest one of a hundred at most."""
    kept = json.loads((KEPT / "redaction.json").read_text("utf-8"))
    is_secret = kind in ("card", "token", "password")
    assert kept[f"{kind}.items"] >= 330
    assert kept[f"{kind}.to_model"] <= (0 if is_secret else 0.01 * kept[f"{kind}.items"])
    assert not is_secret or kept[f"{kind}.posted"] == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_approvals_do_not_wait_for_a_model_that_is_away(kind: str) -> None:
    """Law: ten minutes of each; p99 within a fifth, no click is refused, every ticket ends."""
    kept = json.loads((KEPT / "model_away.json").read_text("utf-8"))
    there, away = (kept[f"{kind}.{which}.p99_ms"] for which in ("there", "away"))
    assert min(kept[f"{kind}.{which}.clicks"] for which in ("there", "away")) >= 3_000
    assert away <= 1.2 * there
    assert kept[f"{kind}.approved"] == kept[f"{kind}.clicked"] - kept[f"{kind}.there.bad"]
    assert sum(kept[f"{kind}.{fault}.bad"] for fault in ("429", "529", "hang", "cut")) == 0
    assert kept[f"{kind}.undecided"] == 0
