"""Other agents behind the same gates: what they ask for, and what they are told of it."""

from bot import agent_commands as asked
from bot import agent_events, approval_events, events
from bot.flows.agents import flow, reading, telling
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    asked.EscalateTicket: flow.escalate,
    asked.ProposeAct: flow.propose,
    asked.ReportResolution: flow.report,
}

QUESTIONS: Commands = {asked.ShowAct: reading.show}

_OUTCOME = Step("note outcome for agent", Lane.INNER, telling.note)

SUBSCRIBERS: Subscribers = {
    agent_events.ActReceived: (
        Step("read charge for agent", Lane.EFFECTS, flow.plan, flow.act, flow.settle),
    ),
    agent_events.AgentTold: (
        Step("tell agent", Lane.DESK, telling.plan, telling.act, telling.settle),
    ),
    approval_events.ActLapsed: (_OUTCOME,),
    events.ActForbidden: (_OUTCOME,),
    events.ActRepeated: (_OUTCOME,),
    events.ActRejected: (_OUTCOME,),
    events.ApprovalExpired: (_OUTCOME,),
    events.EffectRefused: (_OUTCOME,),
    events.EffectStuck: (_OUTCOME,),
}

DRAWINGS: Drawings = {}
