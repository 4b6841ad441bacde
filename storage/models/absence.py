"""Who is away, and who is asked meanwhile."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Absence(Base):
    """Of a person as long as they are away; gone with the return. `delegate` is asked in their
    place, with rights of their own alone."""

    __tablename__ = "absences"

    person: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    delegate: Mapped[str | None] = mapped_column(default=None)
