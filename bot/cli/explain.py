"""`backstop explain`: what the agent saw of a ticket, what it did and why, and what it cost."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.agent.redaction import Redaction
from bot.cli.opening import CONFIG, Config, many, opened, stop
from bot.dossier import ticket_label
from bot.words import clean, visible
from storage.models import Decision, DecisionText, Ticket
from storage.repositories import Called, Used
from storage.unit_of_work import UnitOfWork

_MILLION = 1_000_000
# Of an act's arguments, those in which somebody's words or address may stand.
_PROSE = frozenset({"reason", "text", "value"})


def explain(
    ticket: Annotated[list[str], typer.Argument(help="'#17' (ours), zendesk 17, or 17.")],
    config: Config = CONFIG,
) -> None:
    """Print every decision on a ticket: seen, done, why, and at what cost.

    Personal data of a known form is hidden, as it was from the model.
    """
    console = Console()
    with opened(config) as database, database.reading() as uow:
        typed = " ".join(ticket)
        found = uow.tickets.find(typed)
        if not found:
            stop(f"There is no ticket {typed}. Type our number (17), or the help desk's.")
        for each in found:
            _explain(console, uow, each)


def _explain(console: Console, uow: UnitOfWork, ticket: Ticket) -> None:
    decisions = uow.escalations.decisions_on(ticket.id)
    console.print(
        Text(f"Ticket {ticket_label(ticket)}: {many(len(decisions), 'decision')}", style="bold")
    )
    for decision in decisions:
        told = uow.escalations.text_of(decision.id)
        console.print(
            Panel(
                Group(_facts(decision), *_seen(told), *_did(told), *_wrote(uow, decision)),
                title=Text(f"Decision {decision.id}: {decision.decision} ({decision.rule})"),
                title_align="left",
            )
        )
    if (called := uow.spendings.calls_on(ticket.id)).calls:
        console.print(Text("\n".join(_spent(called))))


def _spent(called: Called) -> Iterator[str]:
    """Also by tries that led to no decision, and by looks at what a person was about to send."""
    yield f"All {many(called.calls, 'call')} of a model on this ticket: {_price(called.used)}."
    if called.unsettled:
        yield f"Of these {called.unsettled:,} not settled yet, counted at the worst."


def _price(used: Used | Decision) -> str:
    return (
        f"${used.cost / _MILLION:.4f} for {used.input_tokens:,} tokens in, "
        f"{used.output_tokens:,} out"
    )


def _facts(decision: Decision) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _pairs(decision):
        table.add_row(name, Text(visible(value)))
    return table


def _pairs(decision: Decision) -> Iterator[tuple[str, str]]:
    yield "When", f"{decision.created_at:%Y-%m-%d %H:%M:%S} UTC, mode {decision.mode}"
    yield "Why", clean("\n".join(decision.reasons)) or "The reasons were erased."
    yield (
        "What",
        f"{decision.category}, P{decision.priority}, severity {decision.severity}, "
        f"sentiment {decision.sentiment}, confidence {decision.confidence:.2f}",
    )
    if decision.acts:
        yield "Acts", "\n".join(map(_act, decision.acts))
    if decision.cites:
        yield "Cites", ", ".join(decision.cites)
    yield "Agent", f"{decision.agent}, playbook {decision.playbook}"
    if decision.note:
        yield "Note", clean(decision.note)
    if decision.model:
        yield "Model", f"{decision.model}, prompt {decision.prompt[:16]}"
        yield "Settings", ", ".join(_settings(decision))
        yield "Cost", _price(decision)
    else:
        yield "Cost", "none: no model was asked"


def _act(act: dict[str, Any]) -> str:
    """With its arguments, and without personal data of a known form."""
    told = {name: value for name, value in act.get("args", {}).items() if name != "kind"}
    hide = Redaction().blot
    args = (f"{name} {hide(value) if name in _PROSE else value}" for name, value in told.items())
    return ", ".join([act["kind"].replace("_", " "), *args])


def _settings(decision: Decision) -> Iterator[str]:
    for name, value in decision.settings.items():
        if isinstance(value, dict):
            yield from (f"{part.replace('_', ' ')} {most:,}" for part, most in value.items())
        else:
            told = "the model's own" if value is None else value
            yield f"{name.replace('_', ' ')} {told}"


def _seen(told: DecisionText | None) -> Iterator[Text]:
    """As it was kept, which is as it was shown: value by value without what is personal. A second
    look would read across the marks of JSON, and take a date for the password before it."""
    if told is None:
        yield Text("\nWhat it saw and did was erased, or is from before it was kept.")
    else:
        yield Text("\nIt saw", style="bold")
        yield Text(visible(told.seen))


def _did(told: DecisionText | None) -> Iterator[Text]:
    if told is None or not told.steps:
        return
    yield Text("\nIt did", style="bold")
    for number, step in enumerate(told.steps, 1):
        yield Text(f"{number}. {step['tool']} {visible(step['told'])}")
        if step["answer"]:
            yield Text(f"   → {visible(step['answer'])}", style="dim")


def _wrote(uow: UnitOfWork, decision: Decision) -> Iterator[Text]:
    draft = uow.tickets.message(decision.draft_id) if decision.draft_id else None
    if draft is not None:
        yield Text("\nIt wrote", style="bold")
        yield Text(Redaction().blot(draft.body))
