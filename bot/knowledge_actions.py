"""Button name to command, for what is done with questions, gaps and articles."""

from collections.abc import Callable, Mapping

from bot import knowledge_commands as commands
from bot.knowledge_commands import KnowledgeCommand
from bot.pressed import Pressed


def _shown(p: Pressed) -> tuple[int, int, str]:
    """Which version the card showed."""
    return p.number("article"), p.number("number"), p.word("digest")


def _save(p: Pressed) -> KnowledgeCommand:
    own = ("article", "base", "ticket", "gap")
    article, base, ticket, gap = (p.number(name) for name in own)
    typed = {name: p.word(name) for name in p.args if name not in own}
    return commands.SaveArticle(p.by, article, base, ticket, gap, typed)


BUILDERS: Mapping[str, Callable[[Pressed], KnowledgeCommand]] = {
    "knowledge.answer": lambda p: commands.WriteAnswer(p.by, p.number("question"), p.via),
    "knowledge.helpful": lambda p: commands.JudgeAnswer(p.by, p.number("question"), "helpful"),
    "knowledge.missed": lambda p: commands.JudgeAnswer(p.by, p.number("question"), "missed"),
    "knowledge.share": lambda p: commands.ShareAnswer(p.by, p.number("question")),
    "knowledge.report_gap": lambda p: commands.ReportGap(p.by, p.number("question")),
    "gap.show": lambda p: commands.ShowGap(p.by, p.number("gap")),
    "gap.claim": lambda p: commands.ClaimGap(p.by, p.number("gap")),
    "gap.release": lambda p: commands.ReleaseGap(p.by, p.number("gap")),
    "gap.write": lambda p: commands.OpenWriting(p.by, gap=p.number("gap")),
    "article.write": lambda p: commands.OpenWriting(p.by, question=p.number("question")),
    "article.write_ticket": lambda p: commands.OpenWriting(p.by, ticket=p.number("ticket")),
    "article.open": lambda p: commands.OpenArticle(p.by, p.number("article")),
    "article.versions": lambda p: commands.ShowVersions(p.by, p.number("article")),
    "article.edit": lambda p: commands.OpenEditing(p.by, p.number("article")),
    "article.save": _save,
    "article.submit": lambda p: commands.SubmitArticle(p.by, *_shown(p)),
    "article.publish": lambda p: commands.PublishArticle(p.by, *_shown(p)),
    "article.open_return": lambda p: commands.OpenReturning(p.by, *_shown(p)),
    "article.return": lambda p: commands.ReturnArticle(p.by, *_shown(p), p.word("reason")),
    "article.retire": lambda p: commands.RetireArticle(
        p.by, p.number("article"), p.number("number")
    ),
    "article.confirm": lambda p: commands.ConfirmArticle(
        p.by, p.number("article"), p.number("number")
    ),
    "mirror.ours": lambda p: commands.SettleMirror(p.by, *_shown(p), "ours"),
    "mirror.theirs": lambda p: commands.SettleMirror(p.by, *_shown(p), "theirs"),
    "likeness.settle": lambda p: commands.SettleLikeness(
        p.by, p.number("likeness"), p.number("article") if "article" in p.args else None
    ),
}
