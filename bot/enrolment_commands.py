"""What is asked about the authenticators of those who approve; frozen, beside `bot.commands`."""

from dataclasses import dataclass

from bot.people import Account


@dataclass(frozen=True)
class ShowAuthenticator:
    by: Account


@dataclass(frozen=True)
class OpenEnrolment:
    """Show me the key of a new one."""

    by: Account


@dataclass(frozen=True)
class ProveAuthenticator:
    """I have it, and this is the `code` it shows."""

    by: Account
    authenticator: int
    code: str


@dataclass(frozen=True)
class ConfirmAuthenticator:
    """It was they who set it up."""

    by: Account
    authenticator: int


@dataclass(frozen=True)
class RefuseAuthenticator:
    by: Account
    authenticator: int


@dataclass(frozen=True)
class RevokeAuthenticator:
    """`typed`: whose; one's own where it is empty."""

    by: Account
    typed: str


@dataclass(frozen=True)
class FollowPasskeyLink:
    """Show what the link leads to that ends with this `token`, and do nothing."""

    token: str


@dataclass(frozen=True)
class MakePasskey:
    """My device has made one: its `answer`, as the browser has it."""

    by: Account
    token: str
    answer: str


EnrolmentCommand = (
    ShowAuthenticator
    | OpenEnrolment
    | ProveAuthenticator
    | ConfirmAuthenticator
    | RefuseAuthenticator
    | RevokeAuthenticator
    | FollowPasskeyLink
    | MakePasskey
)
