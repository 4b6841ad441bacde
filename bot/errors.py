"""What can go wrong, by what happens next: tell the person, try later, look first, or stop."""

from collections.abc import Mapping


class BotError(Exception):
    """A refusal with words for the person who asked; nothing was changed."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


class NotAllowed(BotError):
    """This person may not do this; audited as a refusal."""


class AlreadyDecided(BotError):
    """Somebody was faster; the message names them."""


class Outdated(BotError):
    """The card or form shows something that is no longer so."""


class InvalidForm(BotError):
    """Inputs to correct; `fields` maps input names to what is wrong with each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = dict(fields)


class OutsideError(Exception):
    """The outside world did not simply say yes; the subclass says what may happen next."""


class Refused(OutsideError):
    """A definite no: nothing happened there, and asking again changes nothing.

    `code` is the outside system's own word for the reason, safe to log.
    """

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code


class Unreachable(Refused):
    """Whoever was to be told reads nothing: a bot's account, or one that is closed."""


class TryLater(OutsideError):
    """Nothing happened there, and it may work after `retry_after` seconds (None: own back-off)."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class OutcomeUnknown(OutsideError):
    """It may have happened: look before trying again.

    `is_settled` is True when the other side has finished with this key for good (a replayed
    failure): if the look finds nothing then, nothing was made under this key and never will be.
    `is_answered`: it said yes, and not to what. Without a key that is never asked a second time.
    """

    def __init__(self, reason: str, is_settled: bool = False, is_answered: bool = False) -> None:
        super().__init__(reason)
        self.is_settled = is_settled
        self.is_answered = is_answered
