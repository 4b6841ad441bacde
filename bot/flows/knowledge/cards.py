"""What the knowledge base answers, and a gap as those see it who write the articles."""

from collections.abc import Sequence

from bot.cards import Block, Button, Buttons, Card, Link, Quote, Strong, Text
from bot.config.directory import Directory
from bot.flows.knowledge import rules
from bot.flows.knowledge.rules import Passage
from storage.models import Gap
from storage.unit_of_work import UnitOfWork

ERASED = "(It named a customer who was erased since.)"


def passages(question: str, answers: Sequence[Passage]) -> Card:
    """Each with its article, which it leads to where that has an address."""
    blocks: list[Block] = []
    for answer in answers:
        title = Link(answer.url, answer.title) if answer.url else Strong(answer.title)
        blocks += [Text((title,)), Quote(answer.passage, by="")]
    return Card(
        key="kb-0",
        title="From the knowledge base",
        summary=f"{len(answers)} article{'s' if len(answers) > 1 else ''} found.",
        blocks=(_asked(question), *blocks, _gap_button(question, "This does not answer it")),
    )


def _asked(question: str) -> Text:
    """Of two answers in a row nobody can tell otherwise which is which."""
    return Text((f"You asked: {question}",), "context")


def nothing(question: str) -> Card:
    return Card(
        key="kb-0",
        title="No article covers this",
        summary="No article covers this question.",
        blocks=(
            _asked(question),
            Text(("Rather than guess, I can tell the people who write the articles.",)),
            _gap_button(question, "Report the gap"),
        ),
    )


def draw_gap(gap_id: int, uow: UnitOfWork, directory: Directory) -> Card | None:
    gap = uow.session.get(Gap, gap_id)
    if gap is None:
        return None
    person = directory.get(gap.asked_by)
    name = person.name if person else gap.asked_by
    return Card(
        key=f"gap-{gap.id}",
        title="No article covers this",
        summary=f"Knowledge gap #{gap.id} was reported.",
        blocks=(Quote(gap.question or ERASED, by=f"asked by {name}"),),
    )


def _gap_button(question: str, label: str) -> Buttons:
    return Buttons((Button(label, "knowledge.report_gap", {"question": rules.carried(question)}),))
