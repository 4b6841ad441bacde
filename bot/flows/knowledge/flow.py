"""Questions to the knowledge base, and the gaps that they open."""

from bot import commands
from bot.administrators import Administrators
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.flows.knowledge import cards, rules
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
        return cards.nothing(question)
    return cards.passages(question, answers)


def report_gap(
    command: commands.ReportGap,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    administrators: Administrators,
) -> Answer:
    """Where no channel looks after the articles, the gap is before the administrators."""
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
    administrators.show(uow, f"gap-{gap.id}")
    return Notice("Thank you. The gap is with the administrators.")


def _usage(settings: Settings) -> Notice:
    asking = f"{settings.command_names.kb} how do I change the billing address"
    return Notice(f"Ask in your own words, for example `{asking}`.")
