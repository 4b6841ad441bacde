"""What a file of tickets, articles or customers holds once it is understood."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from bot.money import Money

Kind = Literal["tickets", "articles", "customers"]
Status = Literal["open", "waiting", "resolved"]
ContactRole = Literal["executive", "champion", "first_time", "user", "admin", "billing"]


@dataclass(frozen=True)
class Reject:
    """A row that cannot be used: where it stands, as for `Place`, and why, without quoting it."""

    line: int
    reason: str
    file: str = ""
    told: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Place:
    """Where a row stands and what it said; `file` is the name within a folder, empty for a single
    file. Of an article in a folder nothing is kept: its file is named."""

    line: int
    file: str = ""
    told: Any = field(default=None, compare=False)

    def reject(self, reason: str) -> Reject:
        return Reject(self.line, reason, self.file, self.told)


@dataclass(frozen=True)
class ContactRow:
    """A person on the customer's side; empty texts were not told.

    `payment_ref` is how the payment provider knows them. Not `vouched`: the address is only what
    somebody typed or sent.
    """

    id: str
    name: str = ""
    email: str = ""
    role: ContactRole | None = None
    language: str = ""
    phone: str = ""
    payment_ref: str = ""
    vouched: bool = True


@dataclass(frozen=True)
class ProductRow:
    name: str
    version: str = ""


@dataclass(frozen=True)
class MomentRow:
    """A day that raises the stakes, such as a launch, a board meeting or a renewal."""

    date: date
    kind: str
    label: str = ""


@dataclass(frozen=True)
class HandoffRow:
    """What another function (engineering, success or sales) still owes the customer."""

    function: str
    about: str


@dataclass(frozen=True)
class AccountRow:
    """A customer's company; None and empty texts were not told and change nothing."""

    id: str
    name: str = ""
    tier: str = ""
    region: str = ""
    yearly_value: Money | None = None
    products: tuple[ProductRow, ...] | None = None
    moments: tuple[MomentRow, ...] | None = None
    handoffs: tuple[HandoffRow, ...] | None = None


@dataclass(frozen=True)
class TicketRow:
    """`created` is UTC; `contact` is None when the row names nobody, `status` when it says none.
    `solved_by` are ids of articles."""

    id: str
    subject: str
    body: str
    contact: ContactRow | None = None
    channel: str = ""
    language: str = ""
    created: datetime | None = None
    status: Status | None = None
    priority: str = ""
    tags: tuple[str, ...] = ()
    solved_by: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.id


@dataclass(frozen=True)
class ArticleRow:
    """`reviewed` is the day on which somebody last found it true. What is None was not told, and
    stays as it is; `version` is the one that the file was made of, `reviewer` whoever of ours has
    reviewed it, `styling` the tags of the page that its words are from."""

    id: str
    title: str
    summary: str
    body: str
    products: tuple[str, ...] = ()
    language: str = ""
    public: bool = True
    reviewed: date | None = None
    url: str = ""
    releases: tuple[str, ...] | None = None
    category: str | None = None
    audience: str | None = None
    readers: tuple[str, ...] | None = None
    owner: str | None = None
    review_days: int | None = None
    state: str | None = None
    version: int | None = None
    reviewer: str = ""
    styling: str = ""

    @property
    def key(self) -> str:
        return self.id

    @property
    def is_citable(self) -> bool:
        """Whether a customer may be sent it. A file that tells neither audience nor state is a help
        centre's, where customers read it already."""
        is_public = self.public if self.audience is None else self.audience == "public"
        return is_public and self.state in (None, "published")


@dataclass(frozen=True)
class CustomerRow:
    """A contact with its account, or an account with its contacts; one of both may be missing."""

    contacts: tuple[ContactRow, ...]
    account: AccountRow | None

    @property
    def key(self) -> str:
        account = self.account.id if self.account else ""
        return self.contacts[0].id if self.contacts else f"account {account}"


Row = TicketRow | ArticleRow | CustomerRow
