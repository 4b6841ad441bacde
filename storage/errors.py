"""What storage tells its callers."""

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

__all__ = ["Away", "Broken", "Closed", "Missing", "Trouble", "may_pass"]

_UNIQUE_VIOLATION = "23505"

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


def may_pass(error: BaseException) -> bool:
    """Whether the same job may succeed now. A unique key that another transaction took between
    this one's look and its insert can be seen the second time."""
    if isinstance(error, IntegrityError):
        return getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION
    return isinstance(error, OperationalError)
