"""The workspace: every card posted once where it belongs, and showing what is so."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.torture.company import APPROVALS, PEOPLE, Json
from benchmarks.torture.judges.rows import Row, Rows
from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.load import Case
from benchmarks.torture.seat import has_button
from sandbox.slack import Workspace

_CHARGE = re.compile(r"ch_torture\d+")
# What an approved act comes to; until then its card says that it is approved.
_ENDS = ("done",)


def judge(trial: Trial) -> None:
    verdict, rows = trial.verdict, trial.rows
    workspace = trial.stage.world.workspace
    posted = list(posted_in(workspace))
    seen = Counter(marker for marker, _ in posted)
    cards = _approval_cards(workspace, trial.cases)
    extra = [marker for marker, many in seen.items() for _ in range(many - 1)]
    verdict.count("doubled_posts", [*extra, *(c for c, many in cards.items() if many > 1)])
    lost = [row["card_key"] for row in rows.posts if row["marker"] not in seen]
    verdict.count("lost_posts", lost + [c.charge for c in trial.cases if not cards[c.charge]])
    shown = dict(posted)
    verdict.count(
        "stale_cards",
        [row["card_key"] for row in rows.posts if not is_true(rows, row, shown.get(row["marker"]))],
    )


def posted_in(workspace: Workspace) -> Iterator[tuple[str, Json]]:
    """Every message that carries a marker of the bot's, with that marker."""
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            marker = message.get("metadata", {}).get("event_payload", {}).get("marker")
            if marker:
                yield marker, message


def is_true(rows: Rows, post: Row, message: Json | None) -> bool:
    """Whether the message shows what the card's row says; one that is not there shows nothing."""
    kind, ident = post["card_key"].rsplit("-", 1)
    if message is None:
        return True
    if kind == "approval":
        return _shows_approval(rows, int(ident), message)
    if kind == "escalation":
        return _shows_escalation(rows, int(ident), message)
    return True


def _approval_cards(workspace: Workspace, cases: Sequence[Case]) -> Counter[str]:
    """How many messages in the channel show each charge, whatever marker they carry."""
    shown: Counter[str] = Counter()
    for message in workspace.channels[APPROVALS].messages.values():
        shown.update(set(_CHARGE.findall(str(message.get("blocks")))))
    return Counter({case.charge: shown[case.charge] for case in cases})


def _shows_approval(rows: Rows, ident: int, message: Json) -> bool:
    row, effect = rows.approval[ident], rows.effect_of.get(ident)
    state = row["state"].value
    has_buttons = has_button(message, "approval.grant")
    if state == "pending":
        return has_buttons and "waits for a decision" in message["text"]
    if state == "approved" and effect and effect["state"].value in _ENDS:
        return not has_buttons and f": {effect['state'].value}" in message["text"]
    return not has_buttons and f": {state}" in message["text"]


def _shows_escalation(rows: Rows, ident: int, message: Json) -> bool:
    row = rows.escalation[ident]
    match row["state"].value:
        case "claimed":
            expected = f"{PEOPLE[row['owner']].name.title()} has it"
        case "resolved":
            expected = "resolved"
        case _:
            expected = "unclaimed"
    # The fallback text names nobody.
    return f" · {expected}" in str(message["blocks"])
