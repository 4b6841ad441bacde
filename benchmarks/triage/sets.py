"""Labelled sets of real words, as tickets of which it is known what they ask for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from benchmarks.handwritten_persons import EARLIER, LATER

Json = Mapping[str, Any]
Part = Literal["tuned", "tested"]
_One = TypeVar("_One")

# What is asked of each kind of request; more says nothing that fewer do not.
MOST = 1000


@dataclass(frozen=True)
class Requests:
    """Tickets of one kind: `wanted` is an act with consequences, a person, or neither. Words were
    chosen while looking at the `tuned` set alone."""

    name: str
    wanted: Literal["an act", "a person", "an answer"]
    part: Part
    tickets: Sequence[Json]


def requests_in(folder: Path) -> list[Requests]:
    """Of every set that the folder holds."""
    found: list[Requests] = []
    for name, file, part in _LABELLED:
        found += _labelled(name, folder / file, part)
    found += _conversations(folder)
    found.append(_handwritten())
    return [kind for kind in found if kind.tickets]


_LABELLED: Sequence[tuple[str, str, Part]] = (
    ("bitext", "gate-bitext-dev/utterances.jsonl", "tuned"),
    ("banking77", "gate-banking77-dev/utterances_test.jsonl", "tested"),
    ("clinc150", "oos-clinc150-dev/utterances.jsonl", "tested"),
)


def _labelled(name: str, file: Path, part: Part) -> Iterator[Requests]:
    acts, people, answers = [], [], []
    for row in rows(file):
        labels = row["labels"]
        ticket = {"id": row["id"], "body": row["text"]}
        if labels["gate"] == "gated":
            acts.append(ticket)
        elif labels.get("human_request") or labels.get("complaint"):
            people.append(ticket)
        elif labels["gate"] in ("none", None):
            answers.append(ticket)
    yield Requests(name, "an act", part, thinned(acts))
    yield Requests(name, "a person", part, thinned(people))
    yield Requests(name, "an answer", part, thinned(answers))


def _handwritten() -> Requests:
    """No public set but one has requests for a person."""
    texts = enumerate((*EARLIER, *LATER))
    tickets = [{"id": f"person-{at}", "body": text} for at, text in texts]
    return Requests("handwritten", "a person", "tuned", tickets)


def _conversations(folder: Path) -> Iterator[Requests]:
    scenarios = [
        {"id": row["id"], "body": row["instruction"]}
        for row in rows(folder / "conv-taubench-retail-dev/scenarios.jsonl")
        if row["labels"]["write_actions"]
    ]
    yield Requests("taubench", "an act", "tested", scenarios)
    dialogues = [
        {"id": row["id"], "body": _of_customer(row["messages"])}
        for row in rows(folder / "policy-dev/abcd_sample_dialogues.jsonl")
    ]
    yield Requests("abcd", "an act", "tested", dialogues)
    # Nobody labelled these: all count as requests for an act, which some are not.
    about_money = [
        {"id": row["id"], "subject": row["subject"], "body": row["body"]}
        for row in rows(folder / "tickets-sumo-dev/tickets.jsonl")
        if row["stratum"] == "money_or_account_keyword"
    ]
    yield Requests("sumo, money", "an act", "tested", about_money)


def _of_customer(messages: Sequence[Json]) -> str:
    return "\n".join(message["text"] for message in messages if message["role"] == "customer")


def rows(file: Path) -> list[Json]:
    """None where the folder holds no such file."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def thinned(tickets: Sequence[_One], most: int = MOST) -> Sequence[_One]:
    """Evenly spread over the whole, and the same ones in every run."""
    step = max(1.0, len(tickets) / most)
    return [tickets[int(at * step)] for at in range(min(len(tickets), most))]
