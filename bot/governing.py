"""The policy that app.yaml asks for, beside the one that is in force."""

from dataclasses import dataclass

from pydantic import ValidationError

from bot.config import ConfigError, Settings
from bot.config.document import Mistake
from bot.config.policy_held import Policy, held, policy_of, read_policy
from bot.policy_changes import Change, changes
from storage.models import StoredPolicy
from storage.unit_of_work import UnitOfWork

AGREEING = 2


@dataclass(frozen=True)
class Governed:
    """`file` is what app.yaml says; what runs may be stricter."""

    file: Settings

    @property
    def wanted(self) -> Policy:
        return policy_of(self.file)

    def changes_from(self, agreed: StoredPolicy | None) -> tuple[Change, ...]:
        """What app.yaml changes, what has to wait first; nothing for the first policy of all."""
        if agreed is None:
            return ()
        before = read_policy(agreed.document)
        return changes(before, self.wanted, policy_of(held(before, self.file)))


def governed(file: Settings, uow: UnitOfWork) -> Settings:
    """The settings to run with: nothing in them is looser than the policy in force.

    Raises:
        ConfigError: Nobody can say what that is.

    """
    agreed = uow.policies.in_force()
    if agreed is None:
        return file
    try:
        return held(read_policy(agreed.document), file)
    except ValidationError:
        wrong = "is of a version that this one cannot read"
        remedy = "Start the version before, or run: backstop policy accept"
        raise ConfigError("policy", [Mistake(("the policy in force",), 1, wrong, remedy)]) from None
