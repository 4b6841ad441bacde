"""`backstop policy`: what is in force, what app.yaml would change, and what that would mean."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from bot.agent.offline import OfflineAgent
from bot.cli.opening import CONFIG, STYLE, Config, Opened, many, opened, said, stop, who
from bot.cli.replay import deciding
from bot.config import Settings
from bot.config.directory import Directory
from bot.config.policy_held import Policy, as_text, digest_of, held, policy_of, read_policy
from bot.config.quorum import approvers
from bot.flows.triage.rules import Decision
from bot.governing import AGREEING, Governed
from bot.imports import ArticleRow, read_rows, rows_at_most
from bot.imports.files import Unreadable, raw_rows
from bot.policy_changes import Change, changes
from bot.replay import Policy as Decides
from bot.replay import Replay, search_over
from storage.models import StoredPolicy
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="What the approval policy is, and would be.", **STYLE)
HOURS = 7 * 24


@app.command()
def show(config: Config = CONFIG) -> None:
    """Show the policy in force, and what app.yaml changes: what waits, and what counts already."""
    with opened(config) as base, base.reading() as uow:
        agreed = uow.policies.in_force()
        if agreed is None:
            stop("No policy is in force yet: the first start of the bot adopts that of app.yaml.")
        console = Console()
        since = agreed.decided_at or agreed.created_at
        console.print(f"In force since {since:%Y-%m-%d %H:%M} UTC: {agreed.digest}")
        found = Governed(base.settings).changes_from(agreed)
        if not found:
            console.print("app.yaml changes nothing of it.")
            return
        console.print(table_of(found))
        asked = uow.policies.asked_for()
        if asked is not None:
            agreeing = f"{len(asked.agreed)} of {AGREEING} administrators have agreed"
            console.print(f"Asked for: {asked.digest}; {agreeing}.")


@app.command("try")
def try_it(
    file: Annotated[Path, typer.Argument(help="The app.yaml to try.", exists=True)],
    tickets: Annotated[Path, typer.Option(help="Past tickets as JSON Lines.", exists=True)],
    articles: Annotated[
        Path | None, typer.Option(help="Articles: a file or a folder.", exists=True)
    ] = None,
    config: Config = CONFIG,
) -> None:
    """Print what another policy would change, and what it would have meant for past tickets.

    Lines may tell a `customer` and `charges`; without them hardly an act is proposed. Nothing is
    written and nothing is sent.
    """
    console = Console()
    now, then = said(config), said(file)
    before, after = policy_of(now), policy_of(then)
    found = changes(before, after, policy_of(held(before, then)))
    console.print(table_of(found) if found else "It changes nothing of the approval policy.")
    rows = [] if articles is None else list(read_rows("articles", articles, _today()))
    told = [row for row in rows if isinstance(row, ArticleRow)]
    with search_over(told) as search:
        runs = [Replay(OfflineAgent(), search, Decides.of(one)) for one in (now, then)]
        trials = (Trial(), Trial())
        with deciding(console) as progress:
            task = progress.add_task("Trying", total=2 * rows_at_most(tickets))
            for run, trial in zip(runs, trials, strict=True):
                for replayed in run.lines(tickets):
                    if replayed.decision is not None:
                        trial.count(replayed.decision)
                    progress.advance(task)
    if not trials[0].tickets:
        stop(f"There is no ticket in {tickets}.")
    days = max(1, len({str(row.get("created", ""))[:10] for row in _read(tickets)}))
    console.print(_meant(trials, (now, then), days))
    console.print(
        f"Of {many(trials[0].tickets, 'ticket')} on {many(days, 'day')}, decided by the rules "
        "without a model. A file that tells neither customers nor charges proposes hardly an act."
    )


@app.command()
def accept(config: Config = CONFIG) -> None:
    """Put what app.yaml says in force from this machine, where no two administrators could agree.

    Refused where the policy in force has two of them whom Slack reaches: then it is theirs.
    """
    with opened(config) as base:
        base.writer.run(lambda uow: _accept(base, uow))
    typer.echo("In force. It counts from the next start of the bot.")


@dataclass
class Trial:
    """What acts came to under one policy."""

    tickets: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    cards: Counter[str] = field(default_factory=Counter)

    def count(self, decision: Decision) -> None:
        self.tickets += 1
        for act in decision.acts:
            level = "auto" if act.grade.approvers == 0 else act.grade.level
            self.grades[level] += 1
            if act.grade.approvers:
                self.cards[act.grade.gate] += 1

    @property
    def asked(self) -> int:
        """Cards that somebody would have had to decide."""
        return self.cards.total()


def table_of(found: tuple[Change, ...]) -> Table:
    table = Table(title="What it changes", title_justify="left")
    for column in ("", "From", "To", "Counts"):
        table.add_column(column, overflow="fold")
    for one in found:
        when = "once two administrators agree" if one.waits else "at once"
        table.add_row(one.what, one.was, one.now, when, style="yellow" if one.waits else "")
    return table


def _meant(trials: tuple["Trial", "Trial"], files: tuple[Settings, Settings], days: int) -> Table:
    table = Table(title="What it would have meant", title_justify="left")
    table.add_column("")
    for column in ("Now", "Then"):
        table.add_column(column, justify="right")
    rows: list[tuple[str, list[Any]]] = [
        ("acts that would pass unasked", [trial.grades["auto"] for trial in trials]),
        ("acts that nobody may do", [trial.grades["never"] for trial in trials]),
        ("approval cards", [trial.asked for trial in trials]),
        ("people who may decide", [len(_deciding(file)) for file in files]),
        ("cards a day for each of them", list(map(_each, trials, files, (days, days)))),
        ("hours of the week without one of them", list(map(_unmanned, files))),
    ]
    for name in sorted({*trials[0].cards, *trials[1].cards}):
        rows.append((f"  cards under {name}", [trial.cards[name] for trial in trials]))
    for what, (was, now) in rows:
        table.add_row(what, str(was), str(now), style="bold" if was != now else "")
    return table


def _deciding(settings: Settings) -> list[str]:
    """Whoever may decide at some gate."""
    people = Directory(settings).people
    gates = [gate for gate in settings.gates if gate.asks]
    return sorted({one.id for gate in gates for one in approvers(gate, people, None)})


def _each(trial: Trial, settings: Settings, days: int) -> str:
    people = len(_deciding(settings))
    return f"{trial.asked / people / days:.1f}" if people else "–"


def _unmanned(settings: Settings) -> int:
    """Hours of a week (UTC) in which nobody who may decide is at work by their own clock."""
    directory = Directory(settings)
    people = [person for one in _deciding(settings) if (person := directory.get(one))]
    # A Monday, so that the week is whole.
    first = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp())
    hours = [datetime.fromtimestamp(first + 3600 * n + 1800, UTC) for n in range(HOURS)]
    return sum(not any(person.is_at_work(at) for person in people) for at in hours)


def _accept(base: Opened, uow: UnitOfWork) -> None:
    uow.policies.lock()
    agreed, now = uow.policies.in_force(), base.clock.now()
    if agreed is not None and len(administrators := _administrators(agreed, base.settings)) > 1:
        stop(f"{' and '.join(administrators)} decide about that, on the card in their channel.")
    wanted = policy_of(base.settings)
    made = uow.policies.ask(digest_of(wanted), as_text(wanted), now)
    uow.policies.put_in_force(made.id, who(), now)
    uow.record(now, "policy accepted", who(), f"policy:{made.id}", {"digest": made.digest})


def _administrators(agreed: StoredPolicy, file: Settings) -> list[str]:
    """Those of the policy in force whom the file still knows, whatever it makes of them: to take
    their role away first is no way round them."""
    try:
        policy: Policy = read_policy(agreed.document)
    except ValidationError:
        return []
    known = {person.slack: person.name for person in file.staff if person.slack}
    were = [one for one in policy.people if "admin" in one.roles and one.organisation is None]
    return [known[one.slack] for one in were if one.slack in known]


def _read(tickets: Path) -> Iterator[Mapping[str, Any]]:
    for _, _, row in raw_rows(tickets):
        if not isinstance(row, Unreadable):
            yield row


def _today() -> date:
    return datetime.now(UTC).date()
