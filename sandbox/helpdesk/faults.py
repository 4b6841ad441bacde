"""What the help desk can be told to do wrong; every field can be set while it runs."""

from dataclasses import dataclass


@dataclass
class Faults:
    """Each fault is a probability and, beside it, a count of next requests it strikes.

    The first group strikes requests that change something; `hook_` strikes webhooks. A 500 is
    kept under no key and replayed by none: neither Zendesk nor Intercom keys these requests, so
    that whoever asks again does it again.
    """

    drop_after_commit: float = 0.0
    """The change is made; the connection closes without an answer."""
    drop_after_commit_next: int = 0
    error_500: float = 0.0
    """Nothing is changed."""
    error_500_next: int = 0
    error_500_after_commit: float = 0.0
    """The change is made, and yet the answer is a 500."""
    error_500_after_commit_next: int = 0
    blank_answer: float = 0.0
    """Nothing is changed, and yet the answer is a 200: of somebody's between, with a page."""
    blank_answer_next: int = 0
    land_late: float = 0.0
    """The answer is lost, and the change is made `land_late_seconds` later."""
    land_late_next: int = 0
    land_late_seconds: float = 5.0
    hang: float = 0.0
    """The change is made at once, the answer comes `hang_seconds` later."""
    hang_next: int = 0
    hang_seconds: float = 3.0
    rate_limit: float = 0.0
    rate_limit_next: int = 0
    conflict: float = 0.0
    """Someone else is said to have changed the ticket meanwhile."""
    conflict_next: int = 0
    curl_quotes: float = 0.0
    """Intercom keeps an admin's words with curled quotes."""
    curl_quotes_next: int = 0
    intercom_behind_seconds: float = 0.0
    """By its own clock, Intercom wrote an admin's words down so much earlier."""
    read_error_500: float = 0.0
    read_error_500_next: int = 0
    hook_lose: float = 0.0
    hook_lose_next: int = 0
    hook_duplicate: float = 0.0
    hook_duplicate_next: int = 0
    hook_delay: float = 0.0
    hook_delay_next: int = 0
    hook_delay_seconds: float = 2.0
    hook_reorder: float = 0.0
    """The webhook waits until a later one has been sent, `hook_delay_seconds` at most."""
    hook_reorder_next: int = 0
