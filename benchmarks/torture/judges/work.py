"""Inputs and deliveries: everything answered is stored, everything stored is worked off."""

import re
from collections import Counter
from collections.abc import Iterator

from benchmarks.torture.judges.rows import Row
from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.witness import Asked, identity

# A form that opens is a look and leaves no trace; everything else must.
_LOOKS = frozenset(
    {"approval.open_rejection", "escalation.open_reply", "escalation.open_resolution"}
)

# A socket that the workspace itself cut; Slack tells the person, who presses again.
_CUT = frozenset({"cut", "connection_closed", "no_connection"})


def judge(trial: Trial) -> None:
    verdict, rows, stage = trial.verdict, trial.rows, trial.stage
    taken = {identity(row["event_id"]) for row in rows.inbound}
    verdict.count("unstored_acks", [a.event for a in _answered(trial) if a.event not in taken])
    ignored = [f"{a.outcome} {a}" for a in stage.witness.asked if _is_ignored(trial, a)]
    verdict.count("unanswered_clicks", ignored)
    verdict.count("untold_refusals", list(_untold(trial)))
    verdict.count("lost_tickets", list(_lost_tickets(trial)))
    verdict.count("doubled_approvals", [c for c, many in trial.approvals.items() if len(many) > 1])
    verdict.count("lost_messages", list(_lost_messages(trial)))
    dead = [row for row in rows.deliveries if row["state"].value == "dead"]
    verdict.count("dead_letters", [f"{row['step']}: {row['error']}" for row in dead])
    verdict.count("unfinished_effects", [_told(e) for e in rows.effects if _is_unfinished(e)])


def _answered(trial: Trial) -> Iterator[Asked]:
    for asked in trial.stage.witness.asked:
        if asked.outcome.ok and asked.action not in _LOOKS:
            yield asked


def _is_ignored(trial: Trial, asked: Asked) -> bool:
    if asked.outcome.ok or asked.outcome.status in _CUT:
        return False
    return not trial.stage.was_away(asked.began, asked.ended)


def _untold(trial: Trial) -> Iterator[str]:
    """Whoever was refused is told so in private; a whisper may come twice, never not at all."""
    refused = [row for row in trial.rows.inbound if row["answer"] and "notice" in row["answer"]]
    wanted = Counter(
        _beginning(row["answer"]["notice"])
        for row in refused
        if row["event_id"].startswith("click:")
    )
    told: Counter[str] = Counter()
    for line in trial.stage.world.workspace.journal.since(0):
        if line.get("ok") and line["method"] in ("response_url", "chat.postEphemeral"):
            told[_beginning(str(line["args"].get("text", "")))] += 1
    for text, many in (wanted - told).items():
        yield from [text] * many


def _beginning(text: str) -> str:
    """As far as plain letters go: marks are shown otherwise than written, or not at all."""
    return re.split(r"[^\w ,.'-]", text.replace("`", ""), flags=re.ASCII)[0]


def _lost_tickets(trial: Trial) -> Iterator[str]:
    refs = {row["ref"] for row in trial.rows.tickets}
    yield from (str(n) for n in trial.stage.world.helpdesk.tickets if str(n) not in refs)
    yield from (case.charge for case in trial.cases if case.charge not in trial.approvals)
    wanted = {escalation["ticket_id"] for escalation in trial.rows.escalations}
    if len(wanted) < len(trial.talks):
        yield from ["escalation"] * (len(trial.talks) - len(wanted))


def _lost_messages(trial: Trial) -> Iterator[str]:
    """Every word of a customer is known to the bot, and answered behind it in the help desk's own
    record, or before a person, or about to be decided, or resolved by a person who had it."""
    rows = trial.rows
    known = {row["ref"] for row in rows.messages}
    refs = {row["id"]: row["ref"] for row in rows.tickets}
    open_ends = {refs[row["ticket_id"]] for row in rows.approvals if _is(row, "pending")}
    open_ends |= {refs[row["ticket_id"]] for row in rows.escalations if not _is(row, "resolved")}
    resolved = {
        refs[row["ticket_id"]]: row["resolved_at"].timestamp()
        for row in rows.escalations
        if _is(row, "resolved")
    }
    for ticket in trial.stage.world.helpdesk.tickets.values():
        ref, is_answered = str(ticket.id), False
        for comment in reversed(ticket.comments):
            if comment.author.is_staff:
                is_answered = is_answered or comment.public
            elif str(comment.id) not in known:
                yield f"unknown: {comment.text}"
            elif not (is_answered or ref in open_ends or comment.at <= resolved.get(ref, 0)):
                yield f"unanswered: {comment.text}"


def _is(row: Row, state: str) -> bool:
    return bool(row["state"].value == state)


def _is_unfinished(effect: Row) -> bool:
    """A status that a newer one has overtaken is rightly never set."""
    ends = ("done", "refused") if effect["kind"] == "status" else ("done",)
    return effect["state"].value not in ends


def _told(effect: Row) -> str:
    return f"{effect['kind']} {effect['state'].value} {effect['trouble']}"
