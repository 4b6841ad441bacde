"""What storage tells its callers."""

from sqlalchemy.exc import DBAPIError

__all__ = ["Broken", "Missing", "Trouble"]

Trouble = DBAPIError
"""The database itself said no, or said nothing."""


class Missing(LookupError):
    """No such row."""


class Broken(Exception):
    """The audit chain does not hold; the message names the first broken link."""
