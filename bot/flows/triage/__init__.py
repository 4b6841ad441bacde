"""Tickets in; answer, escalate or propose an act."""

from bot import agent_events, approval_events, commands, events
from bot.flows.triage import cards, escalating, flow, intake, proposing_again
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    commands.ReceiveTicket: intake.receive,
    commands.FetchTickets: intake.fetch,
    commands.MakeTicket: intake.make_ticket,
    commands.NoteChannelGone: flow.note_channel_gone,
}

QUESTIONS: Commands = {}

_TRIAGE = Step("triage", Lane.MODEL, flow.plan, flow.act, flow.settle)
_EFFECT = Step("escalate effect", Lane.INNER, escalating.escalate_effect)
_ACT = Step("escalate act", Lane.INNER, escalating.escalate_act)

SUBSCRIBERS: Subscribers = {
    events.TicketToldInPart: (
        Step("fetch ticket", Lane.DESK, intake.plan_fetch, intake.act_fetch, intake.settle_fetch),
    ),
    events.TriageWanted: (_TRIAGE,),
    agent_events.AgentEscalated: (
        Step("escalate for agent", Lane.INNER, escalating.escalate_for_agent),
    ),
    approval_events.ChangesWanted: (
        Step(
            "propose again",
            Lane.MODEL,
            proposing_again.plan,
            proposing_again.act,
            proposing_again.settle,
        ),
    ),
    approval_events.ActLapsed: (_ACT,),
    events.ActRejected: (_ACT,),
    events.ApprovalExpired: (_ACT,),
    events.ActRepeated: (Step("escalate repetition", Lane.INNER, escalating.escalate_repeated),),
    events.ActForbidden: (Step("escalate forbidden", Lane.INNER, escalating.escalate_forbidden),),
    events.EffectRefused: (_EFFECT,),
    events.EffectStuck: (_EFFECT,),
}

DRAWINGS: Drawings = {"decision": cards.draw_decision}
