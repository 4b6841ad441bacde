"""A yes that a click alone does not give: whoever approves types a code of their authenticator, or
signs on our own page with a passkey."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot import approval_commands as commands
from bot.administrators import Administrators
from bot.authenticators import Authenticators, Proof, Wrong
from bot.cards import Answer, Card, Form, FormErrors, Input, Link, Strong, Text
from bot.config import Settings
from bot.errors import NotAllowed
from bot.flows.approval.links import hash_of
from bot.flows.approval.seeing import shown
from bot.labels import heading
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.step_up import takes_code
from bot.waiting import gated
from storage.models import Approval, ApprovalVote, Authenticator, MailLink, ProofKind
from storage.unit_of_work import UnitOfWork

NOT_ASKED = Proof("")
TOKEN_BYTES = 32
PAGE_FOR = timedelta(minutes=10)
YES, NO = "approval.grant", "approval.reject"


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
        if self.authenticators.kind is ProofKind.PASSKEYS:
            return self._led_to_page(approval, person, uow)
        if not command.code:
            return _asking(command, approval)
        checked = self.authenticators.check(held, command.code, uow, self.clock.now())
        return self._noted(checked, approval, held, person, uow)

    def asked_on_page(self, link: MailLink, person: Person, uow: UnitOfWork) -> Mapping[str, str]:
        """What their browser is to have signed, by decision; empty where a code is typed. Raises
        NotAllowed as `prove` does."""
        if self.authenticators.kind is ProofKind.CODES:
            return {}
        held = self._held(person, uow)
        return {action: self.authenticators.to_sign(held, link, action) for action in (YES, NO)}

    def by_link(
        self,
        command: commands.GrantApproval | commands.RejectApproval,
        approval: Approval,
        person: Person,
        uow: UnitOfWork,
    ) -> Proof | FormErrors:
        """Whoever reads somebody's e-mail is not them: a proof, whatever the amount, and for a no
        too. Raises NotAllowed as `prove` does."""
        held, now = self._held(person, uow), self.clock.now()
        if self.authenticators.kind is ProofKind.CODES:
            checked = self.authenticators.check(held, command.code, uow, now)
        else:
            link = uow.mail_links.get(command.link)
            action = YES if isinstance(command, commands.GrantApproval) else NO
            answer = command.code
            checked = self.authenticators.check_signed(held, answer, link, action, uow, now)
        return self._noted(checked, approval, held, person, uow)

    def _led_to_page(self, approval: Approval, person: Person, uow: UnitOfWork) -> Card:
        """What they approve stands there once more, beside what they sign."""
        base = self.settings.server.public_url
        if base is None:
            raise NotAllowed("Approving this takes a passkey, and app.yaml has no public_url.")
        now, token = self.clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
        uow.mail_links.hand_over(hash_of(token), approval, person.id, now, now + PAGE_FOR)
        url = f"{base.rstrip('/')}/approve/{token}"
        return Card(
            key=f"approval-{approval.id}",
            title="Approve with your passkey",
            summary="Approve with your passkey.",
            blocks=(
                Text(("You approve exactly this: ", Strong(heading(approval)), ".")),
                Text((Link(url, "Open the page and sign"),)),
                Text(("It is yours alone, and open for 10 minutes.",), "context"),
            ),
        )

    def _held(self, person: Person, uow: UnitOfWork) -> Authenticator:
        held = self.authenticators.of(person, uow)
        if held is None:
            raise NotAllowed(self._how(person))
        now = self.clock.now()
        if held.locked_until is not None and held.locked_until > now:
            minutes = (held.locked_until - now).total_seconds() / 60
            raise NotAllowed(f"Too many wrong tries. Please try again in {minutes:.0f} minutes.")
        return held

    def _noted(
        self,
        checked: Proof | Wrong,
        approval: Approval,
        held: Authenticator,
        person: Person,
        uow: UnitOfWork,
    ) -> Proof | FormErrors:
        if isinstance(checked, Proof):
            return checked
        self._note(checked, approval, held, person, uow)
        return FormErrors({"code": checked.why})

    def still_holds(
        self, vote: ApprovalVote, approval: Approval, person: Person, uow: UnitOfWork
    ) -> bool:
        """Asked before the act runs: a yes without the proof that it takes now is none."""
        if vote.link is None and not takes_code(gated(approval, uow), person, self.settings):
            return True
        return self.authenticators.holds(vote.proof, person.id, uow)

    def _how(self, person: Person) -> str:
        # Slash commands do not work for people of other workspaces.
        asks = "@Backstop" if person.is_partner else self.settings.command_names.backstop
        is_code = self.authenticators.kind is ProofKind.CODES
        takes = "a code of your authenticator" if is_code else "your passkey"
        return (
            f"Approving this takes {takes}, and you have none that is confirmed. "
            f"`{asks} authenticator` sets one up."
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
            "Wrong proofs were given for an approval in your name, so none is looked at for a "
            "while. If it was not you, tell an administrator at once: somebody is in your account.",
        )
        self.administrators.tell(
            uow,
            f"Wrong proofs were given for an approval as {person.name}, so none of theirs is "
            "looked at for a while. Ask whether it was they.",
            nameless="Wrong proofs were given for an approval.",
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
