"""Set up an authenticator: its key is shown once, and a code shows that it was taken over."""

from bot import enrolment_commands as commands
from bot.administrators import Administrators
from bot.authenticators import Authenticators, Wrong
from bot.cards import Answer, Button, Buttons, Card, Code, Form, FormErrors, Input, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import NotAllowed, Outdated
from bot.flows.enrolment.passkeys import page_of
from bot.flows.enrolment.rules import check_approver, is_fresh
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import AuthenticatorState, ProofKind
from storage.unit_of_work import UnitOfWork


def show(
    command: commands.ShowAuthenticator,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    authenticators: Authenticators,
) -> Answer:
    person = check_approver(command.by, directory, settings)
    is_code = authenticators.kind is ProofKind.CODES
    held, asked_for = authenticators.of(person, uow), uow.authenticators.asked_for(person.id)
    if asked_for is not None:
        told = "Your new one waits for an administrator, who will ask you whether it was you."
    elif held is not None:
        does = (
            "type the code that it shows" if is_code else "you are led to the page where it signs"
        )
        told = f"Yours is set up: where a click is not enough, {does}."
    else:
        told = "You have none yet. Where a click is not enough, you cannot approve without one."
    label = "Set up another" if held or asked_for else "Set it up"
    return Card(
        key="authenticator-0",
        title="Your authenticator" if is_code else "Your passkey",
        summary="Your authenticator." if is_code else "Your passkey.",
        blocks=(Text((told,)), Buttons((Button(label, "authenticator.open"),))),
    )


def open_enrolment(
    command: commands.OpenEnrolment,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    authenticators: Authenticators,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    now = clock.now()
    person = check_approver(command.by, directory, settings)
    if earlier := uow.authenticators.asked_for(person.id):
        publisher.redraw(uow, f"authenticator-{earlier.id}")
    made, secret = authenticators.begin(person, uow, now)
    uow.record(now, "authenticator shown", person.id, f"authenticator:{made.id}", {})
    if made.kind is ProofKind.PASSKEYS:
        return page_of(made, secret, settings)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Form(
        title="Set up an authenticator",
        submit="This is my code",
        action="authenticator.prove",
        args={"authenticator": made.id},
        blocks=(
            Text(("In your authenticator app, add an account by hand, with this key:",)),
            Text((Code(grouped),)),
            Text(
                (
                    "Name: ",
                    Strong(f"{authenticators.issuer} ({person.name})"),
                    " · by time, 6 digits, every 30 seconds. Whoever sees the key can make your "
                    "codes: it is shown once, and nobody will ever ask you for it.",
                ),
                "context",
            ),
            Input("code", "The code it shows now", max_length=10, hint="Six digits."),
        ),
    )


def prove(
    command: commands.ProveAuthenticator,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    authenticators: Authenticators,
    administrators: Administrators,
    clock: Clock,
) -> Answer:
    now = clock.now()
    person = check_approver(command.by, directory, settings)
    made = uow.authenticators.get(command.authenticator)
    if made.person != person.id:
        raise NotAllowed("This is somebody else's.")
    if made.state is not AuthenticatorState.SHOWN or not is_fresh(made.created_at, now):
        raise Outdated("This key is from earlier. Close this, and set up a new one.")
    checked = authenticators.check(made, command.code, uow, now)
    if isinstance(checked, Wrong):
        return FormErrors({"code": checked.why})
    uow.authenticators.prove(made.id)
    uow.record(now, "authenticator proved", person.id, f"authenticator:{made.id}", {})
    administrators.show(uow, f"authenticator-{made.id}")
    told = "An administrator is asked whether it was you. Your codes count once they say yes."
    return Card("authenticator-0", "That is the code", told, (Text((told,)),))
