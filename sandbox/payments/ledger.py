"""The books: every movement once, in the order in which it happened, never changed."""

from collections.abc import Callable
from typing import Any


class Ledger:
    """What a test or a person believes when the bot and the provider's answers disagree."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._charges: list[dict[str, Any]] = []
        self._refunds: list[dict[str, Any]] = []
        self._account_changes: list[dict[str, Any]] = []

    def write_charge(self, row: dict[str, Any]) -> None:
        self._charges.append({**row, "at": self._now()})

    def write_refund(self, row: dict[str, Any]) -> None:
        self._refunds.append({**row, "at": self._now()})

    def write_account_change(self, row: dict[str, Any]) -> None:
        self._account_changes.append({**row, "at": self._now()})

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "charges": list(self._charges),
            "refunds": list(self._refunds),
            "account_changes": list(self._account_changes),
        }
