"""Whose account is closed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Departure(Base):
    """Of a person in app.yaml whose account the chat platform lets do nothing here any more, since
    it was seen; gone when it is open again."""

    __tablename__ = "departures"

    person: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
