"""A yes that a click alone does not give: whoever approves types a code of their authenticator."""

from dataclasses import dataclass

from bot import approval_commands as commands
from bot.administrators import Administrators
from bot.authenticators import Authenticators, Proof, Wrong
from bot.cards import Answer, Form, FormErrors, Input, Strong, Text
from bot.config import Settings
from bot.errors import NotAllowed
from bot.flows.approval.seeing import shown
from bot.labels import heading
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.step_up import takes_code
from bot.waiting import gated
from storage.models import Approval, ApprovalVote, Authenticator
from storage.unit_of_work import UnitOfWork

NOT_ASKED = Proof("")


@dataclass(frozen=True)
class Proving:
    settings: Settings
    authenticators: Authenticators
    administrators: Administrators
    publisher: Publisher
    clock: Clock

    def prove(
        self, command: commands.GrantApproval, approval: Approval, person: Person, uow: UnitOfWork
    ) -> Proof | Answer:
        """What their yes rests on; otherwise what they are shown instead, and nothing is granted.

        Raises:
            NotAllowed: They have no authenticator, or its codes are not looked at for now.

        """
        if command.link:
            return self.by_link(command, approval, person, uow)
        if not takes_code(gated(approval, uow), person, self.settings):
            return NOT_ASKED
        held = self._held(person, uow)
        if not command.code:
            return _asking(command, approval)
        return self._checked(held, command.code, approval, person, uow)

    def by_link(
        self,
        command: commands.GrantApproval | commands.RejectApproval,
        approval: Approval,
        person: Person,
        uow: UnitOfWork,
    ) -> Proof | FormErrors:
        """Whoever reads somebody's e-mail is not them: a code, whatever the amount, and for a no
        too. Raises NotAllowed as `prove` does."""
        return self._checked(self._held(person, uow), command.code, approval, person, uow)

    def _held(self, person: Person, uow: UnitOfWork) -> Authenticator:
        held = uow.authenticators.of(person.id)
        if held is None:
            raise NotAllowed(self._how(person))
        now = self.clock.now()
        if held.locked_until is not None and held.locked_until > now:
            minutes = (held.locked_until - now).total_seconds() / 60
            raise NotAllowed(f"Too many wrong codes. Please try again in {minutes:.0f} minutes.")
        return held

    def _checked(
        self, held: Authenticator, code: str, approval: Approval, person: Person, uow: UnitOfWork
    ) -> Proof | FormErrors:
        checked = self.authenticators.check(held, code, uow, self.clock.now())
        if isinstance(checked, Proof):
            return checked
        self._note(checked, approval, held, person, uow)
        return FormErrors({"code": checked.why})

    def still_holds(
        self, vote: ApprovalVote, approval: Approval, person: Person, uow: UnitOfWork
    ) -> bool:
        """Asked before the act runs: a yes without the code that it takes now is none."""
        if vote.link is None and not takes_code(gated(approval, uow), person, self.settings):
            return True
        return self.authenticators.holds(vote.proof, person.id, uow)

    def _how(self, person: Person) -> str:
        # Slash commands do not work for people of other workspaces.
        asks = "@Backstop" if person.is_partner else self.settings.command_names.backstop
        return (
            "Approving this takes a code of your authenticator, and you have none that is "
            f"confirmed. `{asks} authenticator` sets one up."
        )

    def _note(
        self,
        wrong: Wrong,
        approval: Approval,
        held: Authenticator,
        person: Person,
        uow: UnitOfWork,
    ) -> None:
        about = {"authenticator": held.id, "locked": wrong.locked_until is not None}
        subject = f"approval:{approval.id}"
        uow.record(self.clock.now(), "code refused", person.id, subject, about)
        if wrong.locked_until is None:
            return
        self.publisher.tell(
            uow,
            person,
            "Wrong codes were typed for an approval in your name, so none is looked at for a "
            "while. If it was not you, tell an administrator at once: somebody is in your account.",
        )
        self.administrators.tell(
            uow,
            f"Wrong codes were typed for an approval as {person.name}, so none of theirs is looked "
            "at for a while. Ask whether it was they.",
            nameless="Wrong codes were typed for an approval.",
        )


def _asking(command: commands.GrantApproval, approval: Approval) -> Form:
    return Form(
        title="Approve with a code",
        submit="Approve",
        action="approval.grant_with_code",
        args={**shown(approval), "channel": command.channel, "message": command.message},
        blocks=(
            Text(
                (
                    "You approve exactly this: ",
                    Strong(heading(approval)),
                    f", for ticket #{approval.ticket_id}, as the card shows it.",
                )
            ),
            Input(
                "code",
                "The code your authenticator shows",
                max_length=10,
                hint="Six digits. A code counts once, for this act alone.",
            ),
        ),
    )
