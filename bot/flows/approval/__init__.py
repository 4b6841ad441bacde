"""A person consents to exactly one act, and then it happens once."""

from bot import approval_commands as asked
from bot import approval_events, commands, events
from bot.flows.approval import (
    absence,
    canaries,
    canary_cards,
    cards,
    commenting,
    deciding_together,
    digest,
    effects,
    flow,
    grounds_watched,
    letters,
    links,
    listing,
    mailing,
    page,
    reminding,
    requesting,
    returning,
    revising,
    switch,
    telling,
    undoing,
    versions,
    watching,
    withdrawing,
)
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    asked.GrantApproval: flow.grant,
    asked.UndoApproval: undoing.undo,
    asked.GrantAlike: deciding_together.grant_alike,
    asked.WithdrawApproval: letters.withdraw,
    asked.SnoozeApproval: reminding.snooze,
    asked.RejectApproval: flow.reject,
    asked.ReviseApproval: revising.revise,
    asked.ReturnApproval: returning.give_back,
    asked.CommentOnApproval: commenting.comment,
    asked.BringApproval: flow.bring,
    asked.GoAway: absence.go_away,
    asked.ComeBack: absence.come_back,
    asked.ShowCanary: canaries.show,
    asked.AnswerCanary: canaries.answer,
    asked.NoteStandings: links.note_standings,
    commands.StopEffects: switch.stop,
    commands.StartEffects: switch.start,
}

QUESTIONS: Commands = {
    asked.OpenRejection: flow.open_rejection,
    asked.OpenRevision: revising.open_revision,
    asked.OpenReturning: returning.open_returning,
    asked.OpenComment: commenting.open_comment,
    asked.OpenAlike: deciding_together.open_alike,
    asked.FollowLink: page.follow,
    asked.ListApprovals: listing.list_approvals,
}

SUBSCRIBERS: Subscribers = {
    events.ActProposed: (Step("request approval", Lane.INNER, requesting.request),),
    approval_events.GroundWatched: (
        Step(
            "watch ground",
            Lane.EFFECTS,
            grounds_watched.plan,
            grounds_watched.act,
            grounds_watched.settle,
        ),
    ),
    approval_events.ReplyWaits: (Step("request letter", Lane.INNER, letters.request),),
    approval_events.Snoozed: (Step("remind after snooze", Lane.INNER, reminding.wake),),
    events.ActRejected: (Step("tell writer of no", Lane.INNER, letters.tell_writer),),
    events.ApprovalExpired: (Step("tell writer of silence", Lane.INNER, letters.tell_writer),),
    approval_events.LetterWithdrawn: (
        Step("tell writer of withdrawal", Lane.INNER, letters.tell_writer),
    ),
    events.CustomerWrote: (Step("follow to approval", Lane.INNER, requesting.follow_customer),),
    events.ApprovalExpires: (Step("expire approval", Lane.INNER, requesting.expire),),
    approval_events.ApprovalWaits: (Step("remind of approval", Lane.INNER, reminding.remind),),
    approval_events.ActRevised: (Step("take act anew", Lane.INNER, returning.take_anew),),
    approval_events.ChangesLeft: (
        Step("leave question to colleague", Lane.INNER, returning.leave_to_colleague),
    ),
    approval_events.AbsenceOver: (Step("end absence", Lane.INNER, absence.return_in_time),),
    approval_events.CanaryOver: (Step("end canary", Lane.INNER, canaries.end),),
    approval_events.CardsPileUp: (Step("keep digest", Lane.INNER, digest.keep),),
    approval_events.ChatChecked: (Step("check chat", Lane.INNER, mailing.check_chat),),
    approval_events.LinksWanted: (Step("write to approvers", Lane.INNER, mailing.write_to_all),),
    # As words to customers do, these wait for somebody else's server, and never behind chat.
    approval_events.LinkWanted: (
        Step("mail link", Lane.DESK, mailing.plan, mailing.act, mailing.settle),
    ),
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

DRAWINGS: Drawings = {
    "approval": cards.draw_approval,
    "digest": digest.draw_digest,
    "version": versions.draw_version,
    "question": versions.draw_question,
    "comment": commenting.draw_comment,
    "canary": canary_cards.draw_canary,
    "canaries": canary_cards.draw_notice,
}
