"""Questions, gaps, and what of the articles does not go together."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage.errors import Missing
from storage.models import (
    Account,
    Article,
    ArticleState,
    Audience,
    Gap,
    GapState,
    Likeness,
    Mirror,
    Question,
    Release,
)
from storage.repositories.base import Repository, table_of

G = table_of(Gap)
L = table_of(Likeness)


class Questions(Repository):
    def add(self, question: Question) -> Question:
        self.session.add(question)
        self.session.flush()
        return question

    def get(self, question_id: int) -> Question:
        question = self.fresh(Question, question_id)
        if question is None:
            raise Missing(f"question {question_id}")
        return question


class Gaps(Repository):
    def add(self, gap: Gap) -> Gap:
        """One that belongs to no cluster begins its own."""
        self.session.add(gap)
        self.session.flush()
        if not gap.cluster:
            gap.cluster = gap.id
            self.session.flush()
        return gap

    def get(self, gap_id: int) -> Gap:
        gap = self.fresh(Gap, gap_id)
        if gap is None:
            raise Missing(f"gap {gap_id}")
        return gap

    def of_ticket(self, ticket_id: int) -> Gap | None:
        return self.session.scalar(select(Gap).where(Gap.ticket_id == ticket_id).limit(1))

    def of_question(self, question: Question) -> Gap | None:
        """The one that this person's asking in these words has opened, whenever they first did."""
        asked = select(Question.created_at).where(
            Question.asked_by == question.asked_by, Question.text == question.text
        )
        return self.session.scalar(
            select(Gap)
            .where(
                Gap.question == question.text,
                Gap.created_at.in_(asked),
                Gap.asked_by.in_(("", question.asked_by)),
                Gap.state != GapState.CLOSED,
            )
            .order_by(Gap.id)
            .limit(1)
        )

    def cluster(self, first: int) -> Sequence[Gap]:
        """All that ask for the same, the oldest first."""
        return self.session.scalars(select(Gap).where(Gap.cluster == first).order_by(Gap.id)).all()

    def unclosed(self, most: int = 2_000) -> Sequence[Gap]:
        """The newest of those that still want an article."""
        return self.session.scalars(
            select(Gap).where(Gap.state != GapState.CLOSED).order_by(Gap.id.desc()).limit(most)
        ).all()

    def written_for(self, article_id: int) -> Sequence[int]:
        """The clusters that somebody began this article for, and that want it still."""
        wanted = select(Gap.cluster).where(Gap.article_id == article_id)
        return self.session.scalars(wanted.where(Gap.state != GapState.CLOSED).distinct()).all()

    def firsts(self, most: int = 2_000) -> list[tuple[int, str]]:
        """What began each cluster that still wants an article, with its question; the newest."""
        query = select(Gap.id, Gap.question).where(Gap.cluster == Gap.id)
        wanted = query.where(Gap.state != GapState.CLOSED).order_by(Gap.id.desc()).limit(most)
        return [(ident, question) for ident, question in self.session.execute(wanted)]

    def claim(self, first: int, by: str) -> bool:
        """True for exactly one of many simultaneous claims."""
        return bool(
            self.change(
                update(G)
                .where(G.c.id == first, G.c.state == GapState.OPEN.value)
                .values(state=GapState.CLAIMED.value, claimed_by=by)
            )
        )

    def release(self, first: int, by: str) -> bool:
        return bool(
            self.change(
                update(G)
                .where(G.c.id == first, G.c.state == GapState.CLAIMED.value, G.c.claimed_by == by)
                .values(state=GapState.OPEN.value, claimed_by="")
            )
        )

    def close(self, first: int, article_id: int) -> bool:
        return bool(
            self.change(
                update(G)
                .where(G.c.cluster == first, G.c.state != GapState.CLOSED.value)
                .values(state=GapState.CLOSED.value, article_id=article_id)
            )
        )


class Health(Repository):
    """What is suspected of articles, and which releases are known."""

    def suspect(self, likeness: Likeness) -> bool:
        """Once for each pair and kind."""
        row = {
            "one": likeness.one,
            "other": likeness.other,
            "kind": likeness.kind,
            "passages": likeness.passages,
            "decided_by": "",
            "created_at": likeness.created_at,
        }
        added = self.upsert(Likeness).values(**row).on_conflict_do_nothing()
        return bool(self.change(added))

    def likeness(self, likeness_id: int) -> Likeness:
        found = self.fresh(Likeness, likeness_id)
        if found is None:
            raise Missing(f"likeness {likeness_id}")
        return found

    def likenesses(self, article_id: int) -> Sequence[Likeness]:
        is_of = (Likeness.one == article_id) | (Likeness.other == article_id)
        found = select(Likeness).where(is_of).order_by(Likeness.id)
        return self.session.scalars(found.execution_options(populate_existing=True)).all()

    def decide(self, likeness_id: int, by: str) -> bool:
        return bool(
            self.change(
                update(L).where(L.c.id == likeness_id, L.c.decided_by == "").values(decided_by=by)
            )
        )

    def release(self, product: str, version: str, at: datetime) -> bool:
        """True when nobody knew of it."""
        row = {"product": product, "version": version, "at": at}
        return bool(self.change(self.upsert(Release).values(**row).on_conflict_do_nothing()))

    def releases(self) -> frozenset[tuple[str, str]]:
        rows = self.session.execute(select(Release.product, Release.version))
        return frozenset((product, version) for product, version in rows)

    def releases_in_use(self) -> frozenset[tuple[str, str]]:
        """Products with the versions that accounts have of them."""
        return frozenset(
            (product["name"], product["version"])
            for products in self.session.scalars(select(Account.products))
            for product in products
            if product.get("name") and product.get("version")
        )


class Mirrors(Repository):
    def of(self, article_id: int, desk: str) -> Mirror | None:
        return self.session.get(Mirror, (article_id, desk), populate_existing=True)

    def by_ref(self, desk: str, ref: str) -> Mirror | None:
        return self.session.scalar(select(Mirror).where(Mirror.desk == desk, Mirror.ref == ref))

    def is_held(self, desk: str, ref: str, article_id: int) -> bool:
        """Whether it is another article's."""
        other = self.by_ref(desk, ref)
        return other is not None and other.article_id != article_id

    def refs(self, desk: str) -> frozenset[str]:
        """Everything there that is some article's of ours."""
        rows = select(Mirror.ref).where(Mirror.desk == desk, Mirror.ref.is_not(None))
        return frozenset(ref for ref in self.session.scalars(rows) if ref)

    def found_by_customers(self, desk: str) -> frozenset[str]:
        """Where articles stand that are published here, and for everybody."""
        rows = (
            select(Mirror.ref)
            .join(Article, Article.id == Mirror.article_id)
            .where(Mirror.desk == desk, Mirror.ref.is_not(None))
            .where(Article.state == ArticleState.PUBLISHED, Article.audience == Audience.PUBLIC)
        )
        return frozenset(ref for ref in self.session.scalars(rows) if ref)

    def nowhere(self, desk: str, state: str) -> Sequence[Mirror]:
        """Of which nobody knows yet under which id they stand there."""
        wanted = Mirror.desk == desk, Mirror.state == state, Mirror.ref.is_(None)
        return self.session.scalars(select(Mirror).where(*wanted)).all()

    def add(self, mirror: Mirror) -> Mirror:
        self.session.add(mirror)
        self.session.flush()
        return mirror
