"""The workspace: every card posted once where it belongs, and showing what is so."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.torture.company import APPROVALS, PEOPLE
from benchmarks.torture.judges.rows import Row
from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.seat import has_button

Json = dict[str, Any]


def judge(trial: Trial) -> None:
    verdict = trial.verdict
    posted = list(_posted(trial))
    seen = Counter(marker for marker, _ in posted)
    cards = _approval_cards(trial)
    extra = [marker for marker, many in seen.items() for _ in range(many - 1)]
    verdict.count("doubled_posts", [*extra, *_twice(trial, cards)])
    living = [row for row in trial.rows.posts]
    lost = [row["card_key"] for row in living if row["marker"] not in seen]
    verdict.count("lost_posts", lost + [c.charge for c in trial.cases if not cards[c.charge]])
    shown = dict(posted)
    verdict.count(
        "stale_cards", [row["card_key"] for row in living if _is_stale(trial, row, shown)]
    )


def _posted(trial: Trial) -> Iterator[tuple[str, Json]]:
    for channel in trial.stage.world.workspace.channels.values():
        for message in channel.messages.values():
            marker = message.get("metadata", {}).get("event_payload", {}).get("marker")
            if marker:
                yield marker, message


def _approval_cards(trial: Trial) -> Counter[str]:
    """How many messages in the channel show each charge, whatever marker they carry."""
    channel = trial.stage.world.workspace.channels[APPROVALS]
    cards: Counter[str] = Counter()
    words = [str(message.get("blocks")) for message in channel.messages.values()]
    for case in trial.cases:
        cards[case.charge] = sum(case.charge in each for each in words)
    return cards


def _twice(trial: Trial, cards: Counter[str]) -> list[str]:
    return [charge for charge, many in cards.items() if many > 1]


def _is_stale(trial: Trial, post: Row, shown: dict[str, Json]) -> bool:
    message = shown.get(post["marker"])
    if message is None:
        return False
    kind, ident = post["card_key"].rsplit("-", 1)
    if kind == "approval":
        return not _shows_approval(trial, int(ident), message)
    if kind == "escalation":
        return not _shows_escalation(trial, int(ident), message)
    return False


def _shows_approval(trial: Trial, ident: int, message: Json) -> bool:
    row = next(row for row in trial.rows.approvals if row["id"] == ident)
    effect = next((e for e in trial.rows.effects if e["approval_id"] == ident), None)
    state = row["state"].value
    has_buttons = has_button(message, "approval.grant")
    if state == "pending":
        return has_buttons and "waits for a decision" in message["text"]
    if state == "approved":
        state = effect["state"].value if effect else "no effect"
    return not has_buttons and f": {state}" in message["text"]


def _shows_escalation(trial: Trial, ident: int, message: Json) -> bool:
    row = next(row for row in trial.rows.escalations if row["id"] == ident)
    match row["state"].value:
        case "claimed":
            expected = f"{PEOPLE[row['owner']].name.title()} has it"
        case "resolved":
            expected = "resolved"
        case _:
            expected = "unclaimed"
    return expected in message["text"]
