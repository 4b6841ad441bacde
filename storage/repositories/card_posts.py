"""Where each card is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import String, and_, bindparam, cast, literal, select, union_all, update

from storage.errors import Missing
from storage.models import (
    Approval,
    ApprovalState,
    ArticleVersion,
    CardPost,
    Escalation,
    EscalationState,
    PostState,
    VersionState,
)
from storage.repositories.base import Repository, table_of

P = table_of(CardPost)

_IS_THERE = and_(
    P.c.message == bindparam("ts"),
    P.c.surface == bindparam("on"),
    P.c.place == bindparam("within"),
)
_CLICKED = (
    update(P)
    .where(_IS_THERE)
    .values(via=bindparam("address"), via_until=bindparam("ends", type_=P.c.via_until.type))
)
_COPIES = select(P.c.id, P.c.surface, P.c.place, P.c.message, P.c.state).where(
    P.c.card_key == bindparam("card")
)
# The keys of the cards that somebody is still asked to act on.
_ASKING = union_all(
    select(literal("approval-").concat(cast(Approval.id, String))).where(
        Approval.state == ApprovalState.PENDING
    ),
    select(literal("escalation-").concat(cast(Escalation.id, String))).where(
        Escalation.state != EscalationState.RESOLVED
    ),
    select(literal("article-").concat(cast(ArticleVersion.article_id, String))).where(
        ArticleVersion.state == VersionState.IN_REVIEW
    ),
)


class Copy(NamedTuple):
    """Where one post of a card stands; `place` is the channel's real id (a private one's too)."""

    id: int
    surface: str
    place: str | None
    message: str | None
    state: PostState

    def is_at(self, surface: str, place: str, message: str) -> bool:
        return (self.surface, self.place, self.message) == (surface, place, message)


class CardPosts(Repository):
    def place(
        self,
        card_key: str,
        surface: str,
        channel: str,
        at: datetime,
        parent: int | None = None,
    ) -> CardPost:
        """The card's post in this channel, made when it is not there yet; where it was lost it
        begins anew, under another marker."""
        found = self.session.scalar(
            select(CardPost).where(
                CardPost.card_key == card_key,
                CardPost.surface == surface,
                CardPost.channel == channel,
            )
        )
        if found is not None:
            return found if found.state is not PostState.GONE else self._revive(found, at, parent)
        post = CardPost(
            card_key=card_key,
            surface=surface,
            channel=channel,
            parent_id=parent,
            marker=uuid4().hex,
            created_at=at,
        )
        self.session.add(post)
        self.session.flush()
        return post

    def get(self, post_id: int) -> CardPost:
        post = self.fresh(CardPost, post_id)
        if post is None:
            raise Missing(f"post {post_id}")
        return post

    def of(self, card_key: str) -> Sequence[CardPost]:
        return self.session.scalars(
            select(CardPost)
            .where(CardPost.card_key == card_key, CardPost.state != PostState.GONE)
            .order_by(CardPost.id)
        ).all()

    def copies(self, card_key: str) -> list[Copy]:
        """Each post of the card, also those that are gone."""
        rows = self.run(_COPIES, {"card": card_key})
        return [Copy(r.id, r.surface, r.place, r.message, r.state) for r in rows]

    def standing_at(self, surface: str, place: str, message: str) -> list[str]:
        """The keys of the cards that this message shows."""
        at = CardPost.surface == surface, CardPost.place == place, CardPost.message == message
        return list(self.session.scalars(select(CardPost.card_key).where(*at)))

    def lose(self, surface: str, channel: str) -> list[int]:
        """Nothing of what was shown in the channel is there any more; the ids of those posts whose
        cards still ask for something."""
        lost = (P.c.surface == surface, P.c.channel == channel, P.c.state != PostState.GONE)
        asking = self.session.scalars(select(P.c.id).where(*lost, P.c.card_key.in_(_ASKING))).all()
        self.session.execute(update(P).where(*lost).values(state=PostState.GONE))
        return list(asking)

    def asks(self, card_key: str) -> bool:
        """Whether somebody still has to act on the card: an approval that is pending, an
        escalation that is not resolved, an article that waits for a review."""
        asking = _ASKING.subquery()
        found = select(asking).where(asking.c[0] == card_key)
        return self.session.scalar(found) is not None

    def clicked(self, surface: str, place: str, message: str, via: str, until: datetime) -> None:
        """Remember the copy's newest reply address."""
        copy = {"on": surface, "within": place, "ts": message}
        self.run(_CLICKED, {**copy, "address": via, "ends": until})

    def settle(self, post_id: int, state: PostState, **values: str | None) -> None:
        self.session.execute(update(P).where(P.c.id == post_id).values(state=state, **values))

    def _revive(self, post: CardPost, at: datetime, parent: int | None) -> CardPost:
        post.state, post.marker = PostState.NEW, uuid4().hex
        post.parent_id, post.created_at = parent, at
        post.place = post.message = post.shown = post.via = post.via_until = None
        self.session.flush()
        return post
