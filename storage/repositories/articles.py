"""Articles and gaps; finding them is in `storage.search`."""

from collections.abc import Sequence

from sqlalchemy import func, select

from storage.models import Article, Gap
from storage.repositories.base import Repository


class Articles(Repository):
    def by_ref(self, ref: str) -> Article | None:
        return self.session.scalar(select(Article).where(Article.ref == ref))

    def add(self, article: Article) -> Article:
        self.session.add(article)
        self.session.flush()
        return article

    def titles(self, refs: Sequence[str]) -> dict[str, str]:
        if not refs:
            return {}
        rows = self.session.execute(
            select(Article.ref, Article.title).where(Article.ref.in_(list(refs)))
        )
        return {ref: title for ref, title in rows}

    def count(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Article)) or 0

    def add_gap(self, gap: Gap) -> Gap:
        self.session.add(gap)
        self.session.flush()
        return gap
