"""What articles mean, where a sentence model reads them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class Meaning(Base):
    """The vector that `model` made of an article whose words have this `digest`.

    A row is never changed but replaced, and no id is given twice, so that whoever has read all of
    them sees by their number and the sum of their ids whether they are still the same.
    """

    __tablename__ = "meanings"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: Mapped[int] = identity()
    article_id: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"), unique=True)
    model: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    vector: Mapped[bytes]
