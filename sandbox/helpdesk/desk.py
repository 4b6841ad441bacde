"""The help desk's state, and the only places where a ticket changes."""

import itertools
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.dice import Dice
from sandbox.helpdesk.directory import Directory, Rows
from sandbox.helpdesk.faults import Faults
from sandbox.helpdesk.hooks import Hook, Sender
from sandbox.helpdesk.markup import sanitized, to_html, to_text
from sandbox.helpdesk.records import PRIORITIES, STATUSES, Audit, Comment, DeskEvent, Ticket, User
from sandbox.helpdesk.stream import Stream

ZENDESK_TOKEN = "zendesk-token"
INTERCOM_TOKEN = "intercom-token"


class Invalid(Exception):
    """The ticket does not allow this; the text says why."""


@dataclass(frozen=True)
class Change:
    """One change to a ticket; None leaves a field as it is. `html` wins over `text`."""

    status: str | None = None
    priority: str | None = None
    assignee: User | None = None
    requester: User | None = None
    tags: Sequence[str] | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    html: str = ""
    public: bool = True
    metadata: Mapping[str, Any] = field(default_factory=dict)
    via: str = "api"

    @property
    def has_comment(self) -> bool:
        return bool(self.text.strip() or self.html.strip())


class HelpDesk:
    """Tickets with their conversations, told to every configured webhook and to the page.

    `export_lag` is how many seconds Zendesk's export stays behind; `requests_per_minute` and
    `exports_per_minute` are its limits, multiplied by `quota_scale`, which may be set at any time;
    `time_scale` shortens the waits between webhook attempts.
    """

    def __init__(
        self,
        customers: Rows = (),
        accounts: Rows = (),
        articles: Rows = (),
        agents: Rows = (),
        *,
        zendesk_token: str = ZENDESK_TOKEN,
        intercom_token: str = INTERCOM_TOKEN,
        hooks: Sequence[Hook] = (),
        now: Callable[[], float] = time.time,
        export_lag: float = 60,
        requests_per_minute: int = 700,
        exports_per_minute: int = 10,
        quota_scale: float = 1.0,
        time_scale: float = 1.0,
        seed: int = 1,
    ) -> None:
        self.zendesk_token = zendesk_token
        self.intercom_token = intercom_token
        self.now = now
        self.export_lag = export_lag
        self.requests_per_minute = requests_per_minute
        self.exports_per_minute = exports_per_minute
        self.quota_scale = quota_scale
        self.directory = Directory(customers, accounts, articles, agents)
        self.bot = self.directory.customer("backstop@helpdesk.example", "Backstop")
        self.bot.role = "admin"
        self.tickets: dict[int, Ticket] = {}
        # By number: what Intercom has as a ticket and serves as no conversation.
        self.intercom_tickets: set[int] = set()
        self.bin: dict[int, Ticket] = {}
        self.faults = Faults()
        self.dice = Dice(self.faults, seed)
        self.stream = Stream()
        self.sender = Sender(hooks, self.faults, self.dice, now, time_scale)
        self._tickets = itertools.count(1001)
        self._entries = itertools.count(50_001)
        self._lock = threading.RLock()

    async def start(self) -> None:
        """Begin to deliver webhooks, those that have waited first."""
        await self.sender.start()

    async def stop(self) -> None:
        self.stream.close()
        await self.sender.stop()

    def open_ticket(
        self,
        requester: User,
        subject: str,
        change: Change,
        *,
        channel: str = "web",
        author: User | None = None,
        external_id: str | None = None,
    ) -> Ticket:
        """Open a ticket whose first comment is the change's.

        Raises:
            Invalid: There is no comment, or a field has a wrong value.

        """
        if not change.has_comment:
            raise Invalid("Description: cannot be blank")
        _check_values(change)
        with self._lock:
            now = self.now()
            ticket = Ticket(
                id=next(self._tickets),
                subject=subject or change.text.strip().split("\n")[0][:80],
                requester=requester,
                created=now,
                updated=now,
                channel=channel,
                external_id=external_id,
                priority=change.priority,
                assignee=change.assignee,
                tags=list(change.tags or ()),
                custom=dict(change.custom),
            )
            ticket.status = change.status or "new"  # type: ignore[assignment]  # checked
            self.tickets[ticket.id] = ticket
            audit = self._new_audit(ticket, author or requester, change)
            audit.comment = self._comment(ticket, audit, change)
            self._tell(DeskEvent("created", ticket, audit.author, now, audit.comment))
        return ticket

    def change(self, ticket: Ticket, actor: User, change: Change) -> Audit:
        """Change a ticket on behalf of the actor and tell everybody.

        Raises:
            Invalid: The ticket is closed, or a field has a wrong value.

        """
        _check_values(change)
        with self._lock:
            if ticket.status == "closed":
                raise Invalid("Status: closed prevents ticket update")
            if change.status == "new" and ticket.status != "new":
                raise Invalid("Status: cannot be set back to new")
            audit = self._new_audit(ticket, actor, change)
            ticket.updated = self.now()
            if change.has_comment:
                audit.comment = self._comment(ticket, audit, change)
                self._tell(DeskEvent("comment_added", ticket, actor, ticket.updated, audit.comment))
            self._apply(ticket, audit, change)
        return audit

    def customer_writes(self, ticket: Ticket, text: str, author: User) -> Ticket:
        """The customer goes on; a closed ticket gets a follow-up ticket instead."""
        change = Change(text=text, via="web")
        if ticket.status == "closed":
            follow_up = Change(text=text, tags=[*ticket.tags, "follow_up"], custom=ticket.custom)
            return self.open_ticket(author, f"Re: {ticket.subject}", follow_up)
        if ticket.status in ("pending", "hold", "solved"):
            change = Change(text=text, via="web", status="open")
        self.change(ticket, author, change)
        return ticket

    def remove(self, ticket: Ticket, actor: User, *, is_spam: bool = False) -> None:
        """Nobody is told of the ticket any more but that it is gone."""
        with self._lock:
            self.bin[ticket.id] = self.tickets.pop(ticket.id)
            ticket.updated = self.now()
            kind: Any = "marked_as_spam" if is_spam else "soft_deleted"
            self._tell(DeskEvent(kind, ticket, actor, self.now()))

    def restore(self, number: int, actor: User) -> Ticket:
        with self._lock:
            ticket = self.tickets[number] = self.bin.pop(number)
            ticket.updated = self.now()
            self._tell(DeskEvent("undeleted", ticket, actor, ticket.updated))
        return ticket

    def _new_audit(self, ticket: Ticket, author: User, change: Change) -> Audit:
        audit = Audit(
            next(self._entries), ticket.id, author, self.now(), change.via, dict(change.metadata)
        )
        ticket.audits.append(audit)
        return audit

    def _comment(self, ticket: Ticket, audit: Audit, change: Change) -> Comment:
        markup = sanitized(change.html) if change.html else to_html(change.text)
        comment = Comment(
            id=next(self._entries),
            author=audit.author,
            text=to_text(markup),
            html=markup,
            public=change.public,
            at=audit.at,
            audit=audit.id,
            via=change.via,
            metadata=audit.metadata,
        )
        ticket.comments.append(comment)
        return comment

    def _apply(self, ticket: Ticket, audit: Audit, change: Change) -> None:
        """Set fields; an assignee opens a new ticket, and whoever solves one owns it."""
        status, assignee = change.status, change.assignee
        if status == "solved" and ticket.assignee is None and assignee is None:
            assignee = audit.author
        if assignee is not None and ticket.status == "new" and status is None:
            status = "open"
        if change.tags is not None:
            ticket.tags = list(change.tags)
        ticket.custom.update(change.custom)
        if assignee is not None and assignee is not ticket.assignee:
            before = ticket.assignee
            ticket.assignee = assignee
            names = (str(before.id) if before else None, str(assignee.id))
            self._changed("assigned", "assignee_id", ticket, audit, names)
        if change.requester is not None and change.requester is not ticket.requester:
            names = (str(ticket.requester.id), str(change.requester.id))
            ticket.requester = change.requester
            self._changed("requester_changed", "requester_id", ticket, audit, names)
        if status is not None and status != ticket.status:
            names = (ticket.status, status)
            ticket.status = status  # type: ignore[assignment]  # checked
            self._changed("status_changed", "status", ticket, audit, names)
        if change.priority is not None and change.priority != ticket.priority:
            names = (ticket.priority, change.priority)
            ticket.priority = change.priority
            self._changed("priority_changed", "priority", ticket, audit, names)

    def _changed(
        self, kind: Any, name: str, ticket: Ticket, audit: Audit, values: tuple[str | None, str]
    ) -> None:
        audit.changes.append((name, *values))
        event = DeskEvent(kind, ticket, audit.author, audit.at, None, *values)
        self._tell(event)

    def _tell(self, event: DeskEvent) -> None:
        self.sender.tell(event)
        self.stream.tell(
            {"kind": event.kind, "ticket": event.ticket.id, "status": event.ticket.status}
        )


def _check_values(change: Change) -> None:
    if change.status is not None and change.status not in STATUSES:
        raise Invalid(f"Status: {change.status[:40]} is not a status")
    if change.priority is not None and change.priority not in PRIORITIES:
        raise Invalid(f"Priority: {change.priority[:40]} is not a priority")
