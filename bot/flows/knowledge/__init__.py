"""What the company knows: questions, articles, gaps."""

from bot import events
from bot import knowledge_commands as commands
from bot import knowledge_events as happened
from bot.flows.knowledge import (
    article_cards,
    citing,
    disputes,
    flow,
    gaps,
    health,
    reading,
    reviewing,
    sharing,
    speaking,
    syncing,
    writing,
)
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    commands.NoteAnswer: flow.note_answer,
    commands.WriteAnswer: speaking.write,
    commands.JudgeAnswer: flow.judge,
    commands.ShareAnswer: sharing.share,
    commands.ReportGap: gaps.report,
    commands.ClaimGap: gaps.claim,
    commands.ReleaseGap: gaps.release,
    commands.SaveArticle: writing.save,
    commands.SubmitArticle: writing.submit,
    commands.PublishArticle: reviewing.publish,
    commands.ReturnArticle: reviewing.give_back,
    commands.RetireArticle: reviewing.retire,
    commands.ConfirmArticle: reviewing.confirm,
    commands.SettleLikeness: health.settle_likeness,
    commands.NoteReleases: health.note_releases,
    commands.PullArticles: syncing.pull,
    commands.SettleMirror: disputes.settle_conflict,
}

QUESTIONS: Commands = {
    commands.AskKnowledge: flow.ask,
    commands.ListGaps: gaps.listed,
    commands.ShowGap: gaps.show,
    commands.ListArticles: reading.mine,
    commands.OpenArticle: reading.open_article,
    commands.ShowVersions: reading.show_versions,
    commands.OpenWriting: writing.open_writing,
    commands.OpenEditing: writing.open_editing,
    commands.OpenReturning: reviewing.open_returning,
}

MIRROR = Step("mirror article", Lane.DESK, syncing.plan, syncing.act, syncing.settle)

SUBSCRIBERS: Subscribers = {
    events.EscalationRaised: (Step("open gap", Lane.INNER, gaps.from_escalation),),
    events.Started: (Step("note playbook", Lane.INNER, health.note_playbook),),
    happened.AnswerGiven: (Step("count citation", Lane.INNER, citing.count),),
    happened.AnswerWanted: (
        Step("write answer", Lane.MODEL, speaking.plan, speaking.act, speaking.settle),
    ),
    happened.QuestionUnanswered: (Step("count question", Lane.INNER, gaps.from_question),),
    happened.AnswerShared: (
        Step("share answer", Lane.POSTS, sharing.plan, sharing.act, sharing.settle),
    ),
    happened.ArticlePublished: (
        Step("close gaps", Lane.INNER, gaps.close),
        Step(
            "compare articles",
            Lane.INNER,
            health.plan_comparing,
            health.compare,
            health.note_likenesses,
        ),
        MIRROR,
    ),
    happened.ArticleSolved: (Step("close solved gap", Lane.INNER, gaps.close_solved),),
    happened.ArticleWithdrawn: (MIRROR,),
    happened.ArticleDoubted: (Step("follow doubt", Lane.INNER, health.follow_doubt),),
    happened.ReviewDue: (Step("ask for review", Lane.INNER, health.ask_for_review),),
}

DRAWINGS: Drawings = {
    "article": article_cards.draw_article,
    "gap": gaps.draw_gap,
    "likeness": health.draw_likeness,
    "mirror": disputes.draw_mirror,
}
