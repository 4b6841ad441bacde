"""What was asked of the knowledge base, what it could not say, and what does not go together."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class Question(Base):
    """A colleague's question. Its words may be a customer's: personal text.

    `shown` are article id, passage number counted from 1, and a digest of the article's words as
    they were.
    `channel` and `thread` are where it was asked, `ticket_id` whose conversation that is.
    """

    __tablename__ = "questions"

    id: Mapped[int] = identity()
    asked_by: Mapped[str]
    text: Mapped[str]
    shown: Mapped[list[Any]] = mapped_column(default=list)
    surface: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    thread: Mapped[str] = mapped_column(default="")
    ticket_id: Mapped[int | None] = mapped_column(Id, default=None)
    customer_id: Mapped[int | None] = mapped_column(Id, default=None, index=True)
    created_at: Mapped[datetime]


class GapState(enum.StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Gap(Base):
    """A question without an article. The words are staff's or a customer's: personal text.

    Gaps that ask for the same are one `cluster`, named by its first; that one is claimed and
    closed for all. `stake` is what the customer is worth a year, in minor units of `currency`.
    """

    __tablename__ = "gaps"

    id: Mapped[int] = identity()
    question: Mapped[str]
    asked_by: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(Id, default=None)
    customer_id: Mapped[int | None] = mapped_column(Id, default=None, index=True)
    category: Mapped[str] = mapped_column(default="")
    cluster: Mapped[int] = mapped_column(Id, default=0, index=True)
    stake: Mapped[int] = mapped_column(Id, default=0)
    currency: Mapped[str] = mapped_column(default="")
    state: Mapped[GapState] = state(GapState, GapState.OPEN)
    claimed_by: Mapped[str] = mapped_column(default="")
    article_id: Mapped[int | None] = mapped_column(Id, default=None)
    created_at: Mapped[datetime]


class Likeness(Base):
    """Two articles that say the same, or of the same thing something else; `one` is the older.

    `passages` are the numbers of those that show it, of `one` and of `other`. `decided_by` is who
    said what is to be done about it.
    """

    __tablename__ = "likenesses"
    __table_args__ = (UniqueConstraint("one", "other", "kind"),)

    id: Mapped[int] = identity()
    one: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"))
    other: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"))
    kind: Mapped[str]
    passages: Mapped[list[Any]]
    decided_by: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Release(Base):
    """A version of a product, known since `at`."""

    __tablename__ = "releases"

    product: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class MirrorState:
    """Plain words, since the column holds them as they are.

    SENDING: whether it arrived is not known yet. CONFLICT: both sides changed it. HIDDEN: somebody
    there took it from customers. Of these two a person chooses. REFUSED: the help centre said no.
    """

    WANTED = "wanted"
    SENDING = "sending"
    IN_STEP = "in_step"
    CONFLICT = "conflict"
    HIDDEN = "hidden"
    REFUSED = "refused"
    CHOSEN = frozenset([CONFLICT, HIDDEN])


class Mirror(Base):
    """An article as it stands in the help centre of `desk`, under the id `ref`.

    `digest` is of the words that both sides had in common last, `number` our version of them.
    `theirs` holds what the help centre says while a person has to choose, and afterwards that what
    is a draft there may be put back.
    """

    __tablename__ = "mirrors"
    __table_args__ = (UniqueConstraint("desk", "ref"),)

    article_id: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"), primary_key=True)
    desk: Mapped[str] = mapped_column(primary_key=True)
    ref: Mapped[str | None] = mapped_column(default=None)
    digest: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default=MirrorState.WANTED)
    theirs: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    trouble: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]
