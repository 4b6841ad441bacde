"""Button name to command: the one table every platform reads, and the manifest is made from."""

from collections.abc import Callable, Mapping

from bot import (
    approval_actions,
    commands,
    enrolment_commands,
    governance_commands,
    knowledge_actions,
)
from bot.errors import Outdated
from bot.pressed import Pressed

__all__ = ["BUILDERS", "Pressed", "to_command"]


def _number(pressed: Pressed, name: str) -> int:
    return pressed.number(name)


def _word(pressed: Pressed, name: str) -> str:
    return pressed.word(name)


BUILDERS: Mapping[str, Callable[[Pressed], commands.Command]] = {
    "escalation.claim": lambda p: commands.ClaimEscalation(p.by, _number(p, "escalation")),
    "escalation.release": lambda p: commands.ReleaseEscalation(p.by, _number(p, "escalation")),
    "escalation.wait": lambda p: commands.WaitForCustomer(
        p.by, _number(p, "escalation"), _number(p, "heard")
    ),
    "escalation.conversation": lambda p: commands.ShowConversation(p.by, _number(p, "escalation")),
    "escalation.open_reply": lambda p: commands.OpenReply(p.by, _number(p, "escalation")),
    "escalation.send_reply": lambda p: commands.SendReply(
        p.by,
        _number(p, "escalation"),
        _number(p, "customer"),
        _word(p, "text"),
        _word(p, "until") or _word(p, "until_told"),
        tuple(_word(p, "warned").split()),
    ),
    "escalation.take_back": lambda p: commands.TakeReplyBack(p.by, _number(p, "escalation")),
    "escalation.check_wording": lambda p: commands.CheckWording(
        p.by,
        _number(p, "escalation"),
        _number(p, "customer"),
        _word(p, "text"),
        _word(p, "until") or _word(p, "until_told"),
        _word(p, "until_in"),
        p.via,
    ),
    "escalation.open_resolution": lambda p: commands.OpenResolution(p.by, _number(p, "escalation")),
    "escalation.resolve": lambda p: commands.ResolveEscalation(
        p.by,
        _number(p, "escalation"),
        _number(p, "heard"),
        _word(p, "verdict"),
        _word(p, "solved_by"),
        _word(p, "article"),
    ),
    "ticket.show": lambda p: commands.ShowTicket(p.by, _word(p, "ticket")),
    "authenticator.open": lambda p: enrolment_commands.OpenEnrolment(p.by),
    "authenticator.prove": lambda p: enrolment_commands.ProveAuthenticator(
        p.by, _number(p, "authenticator"), _word(p, "code")
    ),
    "authenticator.confirm": lambda p: enrolment_commands.ConfirmAuthenticator(
        p.by, _number(p, "authenticator")
    ),
    "authenticator.refuse": lambda p: enrolment_commands.RefuseAuthenticator(
        p.by, _number(p, "authenticator")
    ),
    "policy.agree": lambda p: governance_commands.AgreeToPolicy(
        p.by, _number(p, "policy"), _word(p, "digest")
    ),
    "policy.refuse": lambda p: governance_commands.RefusePolicy(
        p.by, _number(p, "policy"), _word(p, "digest")
    ),
    **approval_actions.BUILDERS,
    **knowledge_actions.BUILDERS,
}


def to_command(pressed: Pressed) -> commands.Command:
    """Raises `Outdated` for a button this version does not know or whose value it cannot read."""
    build = BUILDERS.get(pressed.name)
    if build is None:
        raise Outdated("This button is from another version of the card. Please use a newer card.")
    try:
        return build(pressed)
    except (KeyError, TypeError, ValueError):
        raise Outdated("This button's value cannot be read. Please use a newer card.") from None
