"""Where administrators are reached, so that what nobody else is shown is seen by somebody."""

from dataclasses import dataclass

from bot.config import Settings
from bot.config.directory import Directory
from bot.publisher import Publisher
from storage.unit_of_work import UnitOfWork

SETUP = "setup-1"
"""The card of what app.yaml asks for and cannot have."""


@dataclass(frozen=True)
class Administrators:
    settings: Settings
    directory: Directory
    publisher: Publisher

    def show(self, uow: UnitOfWork, card_key: str, lost: str = "") -> None:
        """The card in their channel; where there is none, or it is the one that was lost, before
        each of them privately."""
        channel = self.settings.channels.admin
        if channel and channel != lost:
            self.publisher.place(uow, card_key, "slack", channel)
            return
        for person in self.directory.administrators:
            self.publisher.place(uow, card_key, "slack", f"@{person.slack}")

    def announce(self, uow: UnitOfWork, text: str, nameless: str | None = None) -> None:
        """In their channel; where there is none, to each of them."""
        channel = self.settings.channels.admin
        if channel:
            self.publisher.announce(uow, "slack", channel, text, nameless)
        else:
            self.tell(uow, text, nameless)

    def tell(self, uow: UnitOfWork, text: str, nameless: str | None = None) -> None:
        """Each of them, privately."""
        for person in self.directory.administrators:
            self.publisher.tell(uow, person, text, nameless=nameless)
