"""What the provider can be told to do wrong; every field can be set while it runs."""

from dataclasses import dataclass


@dataclass
class Faults:
    """Each fault is a probability and, beside it, a count of next requests it strikes.

    They strike requests that change something; `read_error_500` strikes the others.
    """

    drop_after_commit: float = 0.0
    """The work is done and kept under its key; the connection closes without an answer."""
    drop_after_commit_next: int = 0
    error_500: float = 0.0
    """Nothing is done; the 500 is kept under its key and replayed."""
    error_500_next: int = 0
    error_500_after_commit: float = 0.0
    """The work is done, and yet a 500 is kept under its key and replayed."""
    error_500_after_commit_next: int = 0
    error_500_before_commit: float = 0.0
    """Nothing is done and nothing is kept: the same key may succeed later."""
    error_500_before_commit_next: int = 0
    hang: float = 0.0
    """The work is done at once, the answer comes `hang_seconds` later."""
    hang_next: int = 0
    hang_seconds: float = 3.0
    rate_limit: float = 0.0
    rate_limit_next: int = 0
    conflict: float = 0.0
    """409: another request with this key is said to be under way."""
    conflict_next: int = 0
    read_error_500: float = 0.0
    read_error_500_next: int = 0
    refund_pending: float = 0.0
    """A refund is taken, and stays open as a bank transfer does until somebody ends it."""
    refund_pending_next: int = 0
    forget_keys: bool = False
    """Idempotency keys are forgotten as soon as they are used, as Stripe may after 24 h."""
