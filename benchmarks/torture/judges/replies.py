"""The help desk: what customers were told, counted by its words and by our marker."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.torture.casework import Talk
from benchmarks.torture.company import address
from benchmarks.torture.judges.trial import Trial
from benchmarks.torture.load import Case
from sandbox.helpdesk.records import Comment, Ticket

MARKER = "backstop"
REFUNDED = "We have refunded"


def judge(trial: Trial) -> None:
    verdict, told = trial.verdict, _told(trial)
    by_marker = Counter(marker for _, comment in told if (marker := _marker(comment)))
    doubled = [marker for marker, many in by_marker.items() for _ in range(many - 1)]
    said = Counter((ticket.id, comment.text) for ticket, comment in told if comment.public)
    # The same sentence twice on one ticket, whatever marker it carries.
    twice = [key for key, many in said.items() for _ in range(many - 1) if _is_unique(key[1])]
    verdict.count("doubled_replies", [*doubled, *twice])
    words = {ticket.requester.email: [] for ticket, _ in told}  # type: dict[str, list[str]]
    for ticket, comment in told:
        if comment.public:
            words[ticket.requester.email].append(comment.text)
    verdict.count("lost_replies", [*_lost(trial, words), *_unsent(trial, by_marker)])
    verdict.count("ghost_replies", list(_ghosts(trial, words)))


def _told(trial: Trial) -> list[tuple[Ticket, Comment]]:
    """Everything of ours on every ticket: replies and internal notes."""
    desk = trial.stage.world.helpdesk
    return [
        (ticket, comment)
        for ticket in desk.tickets.values()
        for comment in ticket.comments
        if comment.author.id == desk.bot.id
    ]


def _marker(comment: Comment) -> str:
    return str(comment.metadata.get(MARKER, ""))


def _is_unique(text: str) -> bool:
    return text.startswith((REFUNDED, "Answer "))


def _lost(trial: Trial, words: dict[str, list[str]]) -> Iterator[Case | Talk]:
    for case in trial.cases:
        heard = words.get(address(case.customer), [])
        if trial.refunds.get(case.charge) and not any(REFUNDED in text for text in heard):
            yield case
    for talk in trial.answered:
        if talk.answer not in words.get(address(talk.customer), []):
            yield talk


def _unsent(trial: Trial, by_marker: Counter[str]) -> list[str]:
    """What the bot believes to have said and the desk does not know."""
    sent = {marker.rsplit(":", 1)[0] for marker in by_marker}
    return [
        row["key"]
        for row in trial.rows.effects
        if row["kind"] in ("reply", "note") and row["key"] not in sent
    ]


def _ghosts(trial: Trial, words: dict[str, list[str]]) -> Iterator[Case]:
    for case in trial.cases:
        heard = words.get(address(case.customer), [])
        if not trial.refunds.get(case.charge) and any(REFUNDED in text for text in heard):
            yield case
