"""Whoever approves sets up an authenticator, and an administrator says that it was they."""

from bot import enrolment_commands as asked
from bot.flows.enrolment import cards, flow, passkeys, vouching
from bot.publisher import Drawings
from bot.steps import Commands, Subscribers

COMMANDS: Commands = {
    asked.OpenEnrolment: flow.open_enrolment,
    asked.ProveAuthenticator: flow.prove,
    asked.MakePasskey: passkeys.make,
    asked.ConfirmAuthenticator: vouching.confirm,
    asked.RefuseAuthenticator: vouching.refuse,
    asked.RevokeAuthenticator: vouching.revoke,
}

QUESTIONS: Commands = {
    asked.ShowAuthenticator: flow.show,
    asked.FollowPasskeyLink: passkeys.follow,
}

SUBSCRIBERS: Subscribers = {}

DRAWINGS: Drawings = {"authenticator": cards.draw_authenticator}
