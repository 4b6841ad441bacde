"""What was changed in an act, by whom, and what was asked and answered about it."""

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from bot import acts
from bot.cards import Block, Card, Moment, Quote, Strong, Text
from bot.config.directory import Directory
from bot.labels import heading
from bot.publisher import Publisher
from storage.models import Approval, ApprovalVersion
from storage.unit_of_work import UnitOfWork

# Whoever puts a version there of which nothing but the ground is another.
RECORD = "record"
# Of the words of a long message that stayed so many are told on either side of what changed.
AROUND = 6
SHOWN = 3


def differences(before: acts.Act, after: acts.Act) -> list[tuple[str, str, str]]:
    """Each field that is different: its name, its label, and a line that says how."""
    was, is_now = before.typed(), after.typed()
    told = dict(after.facts())
    found = []
    for field in after.editable:
        old, new = was[field.name], is_now[field.name]
        if old == new:
            continue
        if field.multiline:
            line = f"{field.label}: {words_changed(old, new)}"
        else:
            first = dict(before.facts())[field.label]
            line = f"{field.label}: {first} → {told[field.label]}"
        found.append((field.name, field.label, line))
    return found


def words_changed(old: str, new: str) -> str:
    """Words that went in [− −], words that came in [+ +], with some around them."""
    was, is_now = old.split(), new.split()
    parts: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(_around(was[a:b], is_first=a == 0, is_last=b == len(was)))
            continue
        if b > a:
            parts.append(f"[−{' '.join(was[a:b])}−]")
        if d > c:
            parts.append(f"[+{' '.join(is_now[c:d])}+]")
    return " ".join(part for part in parts if part)


def _around(words: Sequence[str], *, is_first: bool, is_last: bool) -> str:
    head = [] if is_first else list(words[:AROUND])
    rest = list(words) if is_first else list(words[AROUND:])
    tail = [] if is_last else rest[-AROUND:]
    cut = len(words) > len(head) + len(tail)
    return " ".join([*head, *(["…"] if cut else []), *tail])


def history(approval: Approval, uow: UnitOfWork, directory: Directory) -> Iterator[Block]:
    """What came of it since it was proposed, the newest last; nothing where nothing did."""
    if approval.version == 1 and not approval.is_returned:
        return
    versions = uow.approvals.versions(approval.id)
    for before, after in list(pairwise(versions))[-SHOWN:]:
        yield from _told(before, after, approval, directory)
    if approval.is_returned:
        yield from _asked(versions[-1], directory)


def draw_version(version_id: int, uow: UnitOfWork, directory: Directory) -> Card:
    """Below the card: who put another version there."""
    after = uow.approvals.version(version_id)
    approval = uow.approvals.get(after.approval_id)
    if not after.payload:
        return _gone(f"version-{version_id}")
    before = uow.approvals.versions(approval.id)[after.n - 2]
    return Card(
        key=f"version-{version_id}",
        title="",
        summary=f"{heading(approval)} for ticket #{approval.ticket_id} was changed: look again.",
        blocks=tuple(_told(before, after, approval, directory)),
        partners=tuple(approval.partners),
    )


def draw_question(version_id: int, uow: UnitOfWork, directory: Directory) -> Card:
    """Below the card: what somebody wants to have changed in this version."""
    version = uow.approvals.version(version_id)
    approval = uow.approvals.get(version.approval_id)
    if not version.payload:
        return _gone(f"question-{version_id}")
    return Card(
        key=f"question-{version_id}",
        title="",
        summary=f"Changes are asked for: {heading(approval)} for ticket #{approval.ticket_id}.",
        blocks=tuple(_asked(version, directory)),
        partners=tuple(approval.partners),
    )


def tell_below(approval: Approval, uow: UnitOfWork, publisher: Publisher) -> None:
    """Whoever follows the card is told by a message: one that is redrawn makes no sound."""
    _below("version", approval, uow, publisher)


def ask_below(approval: Approval, uow: UnitOfWork, publisher: Publisher) -> None:
    _below("question", approval, uow, publisher)


def _below(kind: str, approval: Approval, uow: UnitOfWork, publisher: Publisher) -> None:
    newest = uow.approvals.versions(approval.id)[-1]
    for post in uow.card_posts.of(f"approval-{approval.id}"):
        if not post.channel.startswith("@"):
            publisher.place(uow, f"{kind}-{newest.id}", post.surface, post.channel, parent=post.id)


def _told(
    before: ApprovalVersion, after: ApprovalVersion, approval: Approval, directory: Directory
) -> Iterator[Block]:
    acts_of = [acts.parse(approval.kind, json.loads(one.payload)) for one in (before, after)]
    changed = differences(*acts_of)
    does = "changed this" if changed else "left this as it is"
    lines = "".join(f"\n{line}" for _, _, line in changed)
    who = Strong(f"{_name(after.by, directory)} {does}")
    if after.by == RECORD:
        yield Text((Strong(after.note), " · ", Moment(after.at)))
        return
    yield Text((who, " · ", Moment(after.at), lines))
    if after.note:
        yield Quote(after.note, by=_name(after.by, directory))


def _asked(version: ApprovalVersion, directory: Directory) -> Iterator[Block]:
    who = _name(version.asked_by or "", directory)
    yield Text((Strong(f"{who} asks for changes"),))
    yield Quote(version.question, by=who)


def _gone(key: str) -> Card:
    text = "The customer was erased, and with them what stood here."
    return Card(key, "", text, (Text((text,), "context"),))


def _name(ident: str, directory: Directory) -> str:
    person = directory.get(ident)
    return person.name if person else ident or "Somebody"
