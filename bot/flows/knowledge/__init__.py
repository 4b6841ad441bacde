"""What the company knows: questions, answers, gaps."""

from bot import commands
from bot.flows.knowledge import cards, flow
from bot.publisher import Drawings
from bot.steps import Commands, Subscribers

COMMANDS: Commands = {
    commands.ReportGap: flow.report_gap,
}

QUESTIONS: Commands = {commands.AskKnowledge: flow.ask}

SUBSCRIBERS: Subscribers = {}

DRAWINGS: Drawings = {"gap": cards.draw_gap}
