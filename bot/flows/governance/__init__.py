"""The approval policy is under the gate too: what loosens it takes two administrators."""

from bot import events
from bot import governance_commands as asked
from bot.flows.governance import cards, flow, starting
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    asked.AgreeToPolicy: flow.agree,
    asked.RefusePolicy: flow.refuse,
}

QUESTIONS: Commands = {}

SUBSCRIBERS: Subscribers = {
    events.Started: (Step("note policy", Lane.INNER, starting.note),),
}

DRAWINGS: Drawings = {"policy": cards.draw_policy}
