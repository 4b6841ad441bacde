"""What storage tells its callers."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

__all__ = ["Away", "Broken", "Closed", "Missing", "Trouble"]

Trouble = DBAPIError
"""The database itself said no, or said nothing."""

Away = (OperationalError, InterfaceError, PoolTimeout)
"""The database cannot be reached or cannot write now; the same may succeed later."""


class Missing(LookupError):
    """No such row."""


class Closed(RuntimeError):
    """The writer has ended, and nothing is written any more."""


class Broken(Exception):
    """The audit chain does not hold; the message names the first broken link."""
