"""A chain of hashes over everything that was decided and done."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.errors import Broken
from storage.models import AuditEntry, AuditHead, CustomerKey
from storage.models.base import table_of

GENESIS = "0" * 64

_ENTRIES = table_of(AuditEntry)
_HEAD = table_of(AuditHead)

_LOCK_HEAD = select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1).with_for_update()
_ADD = insert(_ENTRIES)
_KEYS = table_of(CustomerKey)
_KEY = select(_KEYS.c.key).where(_KEYS.c.customer_id == bindparam("customer"))
_MOVE_HEAD = (
    update(_HEAD).where(_HEAD.c.id == 1).values(seq=bindparam("last"), hash=bindparam("digest"))
)


@dataclass(frozen=True)
class Entry:
    """`subject` names what it is about (approval:17); `data` holds ids, amounts and hashes."""

    at: datetime
    kind: str
    actor: str
    subject: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One entry as it is stored, or as an export holds it."""

    seq: int
    at: str
    kind: str
    actor: str
    subject: str
    data: Any
    previous: str
    hash: str

    @classmethod
    def of(cls, row: Any) -> "Row":
        return cls(
            row.seq, row.at, row.kind, row.actor, row.subject, row.data, row.previous, row.hash
        )

    @property
    def linked(self) -> str:
        """The hash that it must have."""
        return link(
            self.previous, self.seq, self.at, self.kind, self.actor, self.subject, self.data
        )


def link(previous: str, seq: int, at: str, kind: str, actor: str, subject: str, data: Any) -> str:
    """sha256 over the previous hash and the canonical JSON of the entry."""
    body = json.dumps(
        [previous, seq, at, kind, actor, subject, data],
        separators=(",", ":"),
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(body.encode()).hexdigest()


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Link the entries behind the head, which stays locked until the transaction ends."""
    if not entries:
        return
    seq, previous = connection.execute(_LOCK_HEAD).one()
    rows = []
    for entry in entries:
        seq += 1
        at, data = entry.at.isoformat(), dict(entry.data)
        digest = link(previous, seq, at, entry.kind, entry.actor, entry.subject, data)
        rows.append(
            {
                "seq": seq,
                "at": at,
                "kind": entry.kind,
                "actor": entry.actor,
                "subject": entry.subject,
                "data": data,
                "previous": previous,
                "hash": digest,
            }
        )
        previous = digest
    connection.execute(_ADD, rows)
    connection.execute(_MOVE_HEAD, {"last": seq, "digest": previous})


def verify(connection: Connection, signed: Mapping[int, str] = MappingProxyType({})) -> int:
    """The number of entries of a whole chain; raises `Broken` naming the first bad link.

    `signed` are hashes by the number of the entry that they were signed with: also a chain that was
    written anew, as a whole, is told by them. Needs `storage.engine.snapshot`: on a connection that
    sees each statement's own moment, an entry written meanwhile looks like one the head does not
    know.
    """
    rows = connection.execute(select(_ENTRIES).order_by(_ENTRIES.c.seq)).yield_per(1000)
    last, digest = verify_rows(map(Row.of, rows), signed)
    _check_head(connection, last, digest)
    return last


def verify_rows(rows: Iterable["Row"], signed: Mapping[int, str]) -> tuple[int, str]:
    """The number of the last entry and its hash, of rows in order; raises `Broken` as `verify`."""
    previous, last = GENESIS, 0
    for row in rows:
        if row.seq != last + 1:
            raise Broken(f"entry {last + 1} is missing; the next one is {row.seq}")
        if row.previous != previous:
            raise Broken(f"entry {row.seq} does not continue entry {last}")
        if row.hash != row.linked:
            raise Broken(f"entry {row.seq} was changed after it was written")
        if signed.get(row.seq, row.hash) != row.hash:
            raise Broken(f"entry {row.seq} is another than the one that was signed")
        previous, last = row.hash, row.seq
    if (beyond := max(signed, default=0)) > last:
        raise Broken(f"entry {last + 1} is missing; the signed heads go up to {beyond}")
    return last, previous


def export(connection: Connection) -> Iterator["Row"]:
    """Every entry, oldest first."""
    rows = connection.execute(select(_ENTRIES).order_by(_ENTRIES.c.seq)).yield_per(1000)
    return map(Row.of, rows)


def head(connection: Connection) -> tuple[int, str]:
    """The number of the newest entry and its hash; 0 and the genesis hash of an empty chain."""
    found = connection.execute(select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1)).one()
    return found.seq, found.hash


def _check_head(connection: Connection, last: int, digest: str) -> None:
    head = connection.execute(select(_HEAD).where(_HEAD.c.id == 1)).one_or_none()
    if head is None:
        raise Broken(f"the head is missing; the chain ends at entry {last}")
    if head.seq > last:
        raise Broken(f"entry {last + 1} is missing; the head says {head.seq}")
    if head.seq < last:
        raise Broken(f"entry {head.seq + 1} stands behind the head, which says {head.seq}")
    if head.hash != digest:
        raise Broken(f"entry {last} is not the one that the head closed with")


def entries(connection: Connection, subject: str | None, limit: int) -> list[AuditEntry]:
    """The newest so many entries, oldest first; only those about `subject` when it is given."""
    newest = select(_ENTRIES.c.seq).order_by(_ENTRIES.c.seq.desc()).limit(limit)
    if subject is not None:
        newest = newest.where(_ENTRIES.c.subject == subject)
    rows = connection.execute(
        select(_ENTRIES).where(_ENTRIES.c.seq.in_(newest)).order_by(_ENTRIES.c.seq)
    )
    return [AuditEntry(**row) for row in rows.mappings()]


def of_approval(connection: Connection, approval: int, effect: int | None) -> list[AuditEntry]:
    """Everything about one approval and its effect, oldest first; also what was refused."""
    about = [f"approval:{approval}", *([f"effect:{effect}"] if effect is not None else [])]
    is_about = or_(_ENTRIES.c.subject.in_(about), _ENTRIES.c.kind == "refused")
    rows = connection.execute(select(_ENTRIES).where(is_about).order_by(_ENTRIES.c.seq))
    found = (AuditEntry(**row) for row in rows.mappings())
    return [one for one in found if one.subject in about or one.data.get("approval") == approval]


def keyed_hash(key: str, text: str) -> str:
    """A hash of personal text that only says "the same" while the customer's key exists."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def key_of(session: Session, customer_id: int) -> str:
    """The customer's key, made when there is none."""
    key: str | None = (
        session.connection().execute(_KEY, {"customer": customer_id}).scalar_one_or_none()
    )
    if key is None:
        key = secrets.token_hex(16)
        session.add(CustomerKey(customer_id=customer_id, key=key))
        session.flush()
    return key
