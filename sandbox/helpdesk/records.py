"""What the help desk keeps, before any vendor's way of writing it."""

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["new", "open", "pending", "hold", "solved", "closed"]
STATUSES: tuple[Status, ...] = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES = ("low", "normal", "high", "urgent")


@dataclass
class User:
    """A customer (`end-user`) or one of the company's people; `external_id` is the company's."""

    id: int
    name: str
    email: str
    role: Literal["end-user", "agent", "admin"]
    organization: int | None = None
    external_id: str | None = None
    language: str | None = None
    phone: str | None = None
    is_verified: bool = True
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def is_staff(self) -> bool:
        return self.role != "end-user"


@dataclass
class Organization:
    id: int
    name: str
    external_id: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass
class Comment:
    """`metadata` is what the writer attached for programs to find."""

    id: int
    author: User
    text: str
    html: str
    public: bool
    at: float
    audit: int
    via: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass
class Audit:
    """One change as it was made: a comment, field changes, or both."""

    id: int
    ticket: int
    author: User
    at: float
    via: str
    metadata: dict[str, Any]
    comment: Comment | None = None
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)


@dataclass
class Ticket:
    """`custom` holds custom fields by name; `updated` is in Unix seconds with fractions."""

    id: int
    subject: str
    requester: User
    created: float
    updated: float
    channel: str
    external_id: str | None = None
    status: Status = "new"
    priority: str | None = None
    assignee: User | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)


@dataclass
class Translation:
    """An article in another language than its own."""

    title: str
    html: str
    is_draft: bool = False


@dataclass
class Article:
    """`language` is its locale, `translations` are by locale."""

    id: int
    title: str
    html: str
    summary: str
    language: str
    tags: list[str]
    updated: float
    external_id: str
    section: int | None = None
    is_draft: bool = False
    segment: int | None = None
    translations: dict[str, Translation] = field(default_factory=dict)


@dataclass(frozen=True)
class DeskEvent:
    """What has just happened; `before` and `after` are the changed field's values."""

    kind: Literal[
        "created",
        "comment_added",
        "status_changed",
        "priority_changed",
        "assigned",
        "requester_changed",
        "marked_as_spam",
        "soft_deleted",
        "undeleted",
    ]
    ticket: Ticket
    actor: User
    at: float
    comment: Comment | None = None
    before: str | None = None
    after: str | None = None
