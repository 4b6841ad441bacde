"""What monitors tell of outages, and whom each of them touches."""

from bot import commands
from bot.flows.incidents import cards, flow
from bot.publisher import Drawings
from bot.steps import Commands, Subscribers

COMMANDS: Commands = {commands.NoteSignals: flow.note}

QUESTIONS: Commands = {}

SUBSCRIBERS: Subscribers = {}

DRAWINGS: Drawings = {"incident": cards.draw_incident}
