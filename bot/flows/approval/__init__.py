"""A person consents to exactly one act, and then it happens once."""

from bot import approval_events, commands, events
from bot.flows.approval import (
    cards,
    effects,
    flow,
    listing,
    reminding,
    requesting,
    switch,
    telling,
    undoing,
    watching,
    withdrawing,
)
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    commands.GrantApproval: flow.grant,
    commands.UndoApproval: undoing.undo,
    commands.RejectApproval: flow.reject,
    commands.BringApproval: flow.bring,
    commands.StopEffects: switch.stop,
    commands.StartEffects: switch.start,
}

QUESTIONS: Commands = {
    commands.OpenRejection: flow.open_rejection,
    commands.ListApprovals: listing.list_approvals,
}

SUBSCRIBERS: Subscribers = {
    events.ActProposed: (Step("request approval", Lane.INNER, requesting.request),),
    events.CustomerWrote: (Step("follow to approval", Lane.INNER, requesting.follow_customer),),
    events.ApprovalExpires: (Step("expire approval", Lane.INNER, requesting.expire),),
    approval_events.ApprovalWaits: (Step("remind of approval", Lane.INNER, reminding.remind),),
    approval_events.GraceOver: (Step("redeem approval", Lane.INNER, undoing.leave),),
    events.EffectReady: (
        Step("carry out", Lane.EFFECTS, effects.plan, effects.act, effects.settle),
    ),
    events.DeskEffectReady: (
        Step("do in help desk", Lane.DESK, effects.plan, effects.act, effects.settle),
    ),
    events.EffectPending: (
        Step("watch effect", Lane.EFFECTS, watching.plan, watching.act, watching.settle),
    ),
    events.ActDone: (Step("tell customer", Lane.INNER, telling.tell_customer),),
    events.TicketChanged: (
        Step("follow ticket to approval", Lane.INNER, withdrawing.follow_ticket),
    ),
    events.EffectRefused: (Step("tell approvers", Lane.INNER, telling.tell_approvers),),
    events.DeliveryParked: (Step("stick parked effect", Lane.INNER, effects.stick_parked),),
}

DRAWINGS: Drawings = {"approval": cards.draw_approval}
