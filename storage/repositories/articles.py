"""Articles, their versions and uses; finding them is in `storage.search`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from storage.errors import Missing
from storage.models import (
    Article,
    ArticleState,
    ArticleUse,
    ArticleVersion,
    Audience,
    UseKind,
    VersionState,
)
from storage.repositories.base import Repository, table_of

V = table_of(ArticleVersion)
# More articles of one title than these are one too many anyway.
_NAMED = 50


class Articles(Repository):
    def get(self, article_id: int) -> Article:
        article = self.fresh(Article, article_id)
        if article is None:
            raise Missing(f"article {article_id}")
        return article

    def by_ref(self, ref: str) -> Article | None:
        return self.session.scalar(select(Article).where(Article.ref == ref))

    def add(self, article: Article) -> Article:
        self.session.add(article)
        self.session.flush()
        return article

    def at_addresses(self, urls: Sequence[str]) -> Sequence[Article]:
        """Those that people read there."""
        if not urls:
            return []
        is_there = Article.url.in_(list(urls)), Article.state == ArticleState.PUBLISHED
        return self.session.scalars(select(Article).where(*is_there).order_by(Article.id)).all()

    def named(self, typed: str) -> Sequence[Article]:
        """What of all that is published a person means by an id, an address or a title, however
        they write it: those of an id or address, and where there is none, those of the title."""
        word = typed.strip()
        published = Article.state == ArticleState.PUBLISHED
        exact = or_(Article.ref == word, Article.url == word)
        for wanted in (exact, func.lower(Article.title) == word.lower()):
            found = self.session.scalars(
                select(Article).where(published, wanted).limit(_NAMED)
            ).all()
            if found:
                return found
        return []

    def titles(self, refs: Sequence[str]) -> dict[str, str]:
        """Of those that everybody may see: they stand on cards that a whole channel reads."""
        if not refs:
            return {}
        rows = self.session.execute(
            select(Article.ref, Article.title).where(
                Article.ref.in_(list(refs)), Article.audience != Audience.RESTRICTED
            )
        )
        return {ref: title for ref, title in rows}

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Article)) or 0

    def all(self, state: ArticleState | None = None) -> Sequence[Article]:
        query = select(Article).order_by(Article.id)
        return self.session.scalars(query.where(Article.state == state) if state else query).all()

    def waiting(self, authors: Collection[str]) -> int:
        """How many hold words by one of these that nobody has reviewed yet."""
        is_theirs = V.c.state == VersionState.IN_REVIEW.value, V.c.author.in_(list(authors))
        return self.session.scalar(select(func.count()).select_from(V).where(*is_theirs)) or 0

    def under_another(self, playbook: str) -> Sequence[Article]:
        """What is published, not doubted yet, and was reviewed under another playbook."""
        return self.session.scalars(
            select(Article).where(
                Article.state == ArticleState.PUBLISHED,
                Article.playbook.not_in(("", playbook)),
                Article.stale == "",
            )
        ).all()

    def restricted(self) -> Sequence[tuple[int, str, list[str]]]:
        """Id, owner and readers of what is published for some alone."""
        rows = self.session.execute(
            select(Article.id, Article.owner, Article.readers).where(
                Article.audience == Audience.RESTRICTED, Article.state == ArticleState.PUBLISHED
            )
        )
        return [(ident, owner, readers) for ident, owner, readers in rows]

    def citable(self, refs: Sequence[str]) -> dict[str, Article]:
        """Of these, what a customer may read now."""
        is_citable = Article.state == ArticleState.PUBLISHED, Article.audience == Audience.PUBLIC
        found = self.session.scalars(
            select(Article).where(Article.ref.in_(list(refs)), *is_citable)
        )
        return {article.ref: article for article in found}

    def write(self, version: ArticleVersion) -> ArticleVersion:
        """The next version; an earlier one that waits for a reviewer waits no longer."""
        newest, article = self.newest(version.article_id), self.get(version.article_id)
        version.number = max(newest.number if newest else 0, article.number) + 1
        self.set_aside(version.article_id)
        self.session.add(version)
        self.session.flush()
        return version

    def set_aside(self, article_id: int) -> None:
        """Nobody decides any more on what waits for a reviewer."""
        waiting = (VersionState.DRAFT, VersionState.IN_REVIEW)
        self.session.execute(
            update(V)
            .where(V.c.article_id == article_id, V.c.state.in_(waiting))
            .values(state=VersionState.REPLACED.value)
        )

    def version(self, article_id: int, number: int) -> ArticleVersion | None:
        where = ArticleVersion.article_id == article_id, ArticleVersion.number == number
        return self.session.scalar(
            select(ArticleVersion).where(*where).execution_options(populate_existing=True)
        )

    def newest(self, article_id: int) -> ArticleVersion | None:
        return self.session.scalar(
            select(ArticleVersion)
            .where(ArticleVersion.article_id == article_id)
            .order_by(ArticleVersion.number.desc())
            .limit(1)
            .execution_options(populate_existing=True)
        )

    def newest_of_all(self) -> dict[int, ArticleVersion]:
        last = select(V.c.article_id, func.max(V.c.number).label("number")).group_by(V.c.article_id)
        newest = last.subquery()
        is_newest = V.c.article_id == newest.c.article_id, V.c.number == newest.c.number
        found = self.session.scalars(
            select(ArticleVersion)
            .join(newest, and_(*is_newest))
            .execution_options(populate_existing=True)
        )
        return {version.article_id: version for version in found}

    def versions(self, article_id: int) -> Sequence[ArticleVersion]:
        """The newest first."""
        of = ArticleVersion.article_id == article_id
        return self.session.scalars(
            select(ArticleVersion).where(of).order_by(ArticleVersion.number.desc())
        ).all()

    def decide(
        self,
        version: ArticleVersion,
        digest: str,
        verdict: VersionState,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> bool:
        """True for exactly one of many decisions, on the very words that were shown."""
        return bool(
            self.change(
                update(V)
                .where(
                    V.c.id == version.id,
                    V.c.state == VersionState.IN_REVIEW.value,
                    V.c.digest == digest,
                )
                .values(state=verdict.value, decided_by=by, decided_at=at, reason=reason)
            )
        )

    def submit(self, version: ArticleVersion, digest: str) -> bool:
        return bool(
            self.change(
                update(V)
                .where(
                    V.c.id == version.id,
                    V.c.state == VersionState.DRAFT.value,
                    V.c.digest == digest,
                )
                .values(state=VersionState.IN_REVIEW.value)
            )
        )

    def use(self, article_id: int, kind: UseKind, about: str, by: str, at: datetime) -> bool:
        """True the first time."""
        row = {"article_id": article_id, "kind": kind.value, "about": about, "by": by, "at": at}
        added = self.upsert(ArticleUse).values(**row).on_conflict_do_nothing()
        return bool(self.change(added))

    def used(
        self, article_id: int, kind: UseKind, since: datetime | None = None
    ) -> Sequence[ArticleUse]:
        query = select(ArticleUse).where(
            ArticleUse.article_id == article_id, ArticleUse.kind == kind
        )
        if since is not None:
            query = query.where(ArticleUse.at >= since)
        return self.session.scalars(query.order_by(ArticleUse.id)).all()

    def counts(self, article_id: int) -> Mapping[UseKind, int]:
        rows = self.session.execute(
            select(ArticleUse.kind, func.count())
            .where(ArticleUse.article_id == article_id)
            .group_by(ArticleUse.kind)
        )
        return {kind: count for kind, count in rows}
