"""Questions to the knowledge base, and the gaps that they open."""

from bot import commands
from bot.cards import Answer, Block, Button, Buttons, Card, Link, Notice, Quote, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.flows.knowledge import rules
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Gap
from storage.search import Search
from storage.unit_of_work import UnitOfWork


def ask(
    command: commands.AskKnowledge, uow: UnitOfWork, directory: Directory, settings: Settings
) -> Answer:
    """The best passages with their articles, or the plain word that no article covers this."""
    person = check_account(command.by, directory.find(command.by))
    question = command.question.strip()
    if not any(character.isalnum() for character in question):
        return _usage(settings)
    found = Search(uow.session).articles(question, limit=3, public_only=person.is_partner)
    answers = rules.worth_showing(question, found)
    if not answers:
        return _nothing(question)
    blocks: list[Block] = []
    for answer in answers:
        title = Link(answer.url, answer.title) if answer.url else Strong(answer.title)
        blocks += [Text((title,)), Quote(answer.passage, by="")]
    return Card(
        key="kb-0",
        title="From the knowledge base",
        summary=f"{len(answers)} article{'s' if len(answers) > 1 else ''} found.",
        blocks=(*blocks, _gap_button(question, "This does not answer it")),
    )


def report_gap(
    command: commands.ReportGap,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
) -> Answer:
    person = check_account(command.by, directory.find(command.by))
    if not command.question.strip():
        return _usage(settings)
    gap = uow.articles.add_gap(
        Gap(question=command.question.strip(), asked_by=person.id, created_at=clock.now())
    )
    uow.record(clock.now(), "gap reported", person.id, f"gap:{gap.id}", {})
    if settings.channels.knowledge:
        publisher.place(uow, f"gap-{gap.id}", "slack", settings.channels.knowledge)
    return Notice("Thank you. The gap is with the people who look after the articles.")


def draw_gap(gap_id: int, uow: UnitOfWork, directory: Directory) -> Card | None:
    gap = uow.session.get(Gap, gap_id)
    if gap is None:
        return None
    person = directory.get(gap.asked_by)
    return Card(
        key=f"gap-{gap.id}",
        title="No article covers this",
        summary=f"Knowledge gap #{gap.id} was reported.",
        blocks=(Quote(gap.question, by=f"asked by {person.name if person else gap.asked_by}"),),
    )


def _usage(settings: Settings) -> Notice:
    asking = f"{settings.command_names.kb} how do I change the billing address"
    return Notice(f"Ask in your own words, for example `{asking}`.")


def _nothing(question: str) -> Card:
    return Card(
        key="kb-0",
        title="No article covers this",
        summary="No article covers this question.",
        blocks=(
            Text(("Rather than guess, I can tell the people who write the articles.",)),
            _gap_button(question, "Report the gap"),
        ),
    )


def _gap_button(question: str, label: str) -> Buttons:
    return Buttons((Button(label, "knowledge.report_gap", {"question": rules.carried(question)}),))
