"""What happens to an escalated ticket from claim to resolution."""

from bot import approval_events, commands, events
from bot.flows.casework import (
    cards,
    checking,
    flow,
    following,
    leaving,
    looking,
    message_cards,
    promises,
    replying,
    requester,
)
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    commands.ClaimEscalation: flow.claim,
    commands.ReleaseEscalation: flow.release,
    commands.SendReply: replying.send_reply,
    commands.TakeReplyBack: leaving.take_back,
    commands.CheckWording: checking.check,
    commands.WaitForCustomer: flow.wait_for_customer,
    commands.ResolveEscalation: flow.resolve,
}

QUESTIONS: Commands = {
    commands.OpenReply: replying.open_reply,
    commands.OpenResolution: flow.open_resolution,
    commands.ShowTicket: looking.show_ticket,
    commands.ShowConversation: looking.show_conversation,
}

_TROUBLE = Step("follow trouble", Lane.INNER, following.follow_trouble)

SUBSCRIBERS: Subscribers = {
    events.Started: (Step("take up promises", Lane.INNER, promises.take_up),),
    events.EscalationRaised: (Step("announce escalation", Lane.INNER, following.announce),),
    events.ReadersAsked: (Step("post escalation", Lane.INNER, following.post_to_channel),),
    events.EscalationUnclaimed: (Step("climb", Lane.INNER, following.climb),),
    events.ClaimIdle: (Step("remind owner", Lane.INNER, following.remind),),
    events.CustomerWrote: (Step("follow customer", Lane.INNER, following.follow_customer),),
    events.MessageSent: (Step("follow effect", Lane.INNER, following.follow_effect),),
    events.EffectRefused: (_TROUBLE,),
    events.EffectStuck: (_TROUBLE,),
    events.TicketChanged: (Step("follow ticket", Lane.INNER, following.follow_ticket),),
    approval_events.ReplyLeaves: (Step("send letter", Lane.INNER, leaving.send),),
    events.WordingWanted: (
        Step("check wording", Lane.MODEL, checking.plan, checking.act, checking.settle),
    ),
    events.PromiseNears: (Step("remind of promise", Lane.INNER, promises.remind),),
    events.PromiseDue: (Step("miss promise", Lane.INNER, promises.miss),),
    events.RequesterChanged: (Step("follow requester", Lane.INNER, requester.follow_requester),),
    events.TicketReopened: (Step("come back", Lane.INNER, following.come_back),),
}

DRAWINGS: Drawings = {"escalation": cards.draw_escalation, "message": message_cards.draw_message}
