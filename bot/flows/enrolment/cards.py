"""What administrators are asked about an authenticator."""

from collections.abc import Mapping

from bot.cards import Block, Button, Buttons, Card, Moment, Strong, Text, Tone
from bot.config.directory import Directory
from storage.models import Authenticator, AuthenticatorState
from storage.unit_of_work import UnitOfWork

_ENDED: Mapping[AuthenticatorState, tuple[str, Tone]] = {
    AuthenticatorState.CONFIRMED: ("Confirmed", "good"),
    AuthenticatorState.REFUSED: ("Refused", "bad"),
    AuthenticatorState.REPLACED: ("Replaced by another", "neutral"),
    AuthenticatorState.REVOKED: ("Taken away", "bad"),
}


def draw_authenticator(ident: int, uow: UnitOfWork, directory: Directory) -> Card | None:
    asked = uow.authenticators.get(ident)
    person = directory.get(asked.person)
    who = person.name if person else asked.person
    return Card(
        key=f"authenticator-{ident}",
        title=f"Is this {who}'s authenticator?",
        summary="Somebody who approves has set up an authenticator.",
        tone=_ENDED.get(asked.state, ("", "warning"))[1],
        blocks=(
            Text((f"It was set up from {who}'s account. ", "Set up ", Moment(asked.created_at))),
            *_decision(asked, who, directory),
        ),
    )


def _decision(asked: Authenticator, who: str, directory: Directory) -> list[Block]:
    if asked.state is AuthenticatorState.PROVED:
        ask = (
            f"Ask {who} face to face or by telephone: whoever is in that account could have done "
            "this, and would answer a message. Its codes approve what a click alone does not."
        )
        args = {"authenticator": asked.id}
        return [
            Text((ask,)),
            Buttons(
                (
                    Button("It was they", "authenticator.confirm", args, "good"),
                    Button("It was not", "authenticator.refuse", args, "bad"),
                )
            ),
        ]
    if asked.decided_at is None:
        return []
    by = directory.get(asked.decided_by or "")
    told = f"{_ENDED[asked.state][0]} by {by.name if by else 'somebody'}"
    return [Text((Strong(told), " · ", Moment(asked.decided_at)))]
