"""The rules of the house that no linter knows: sizes, tables, words, and what documents promise."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from bot import commands, events, flows
from bot.cli import COMMANDS as COMMAND_LINE
from tests.config.files import load_text

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "storage", "sandbox", "tests", "benchmarks", "docs", ".ci")
SOURCE = {".py", ".js", ".css", ".html"}
PROSE = {".md", ".toml", ".yaml", ".yml", ".json", ".jsonl", ".mako", ".lock", ".txt", ""}
MOST_LINES = 300

TABLES = {"COMMANDS", "QUESTIONS", "SUBSCRIBERS", "DRAWINGS"}
FLOWS = sorted(each.parent.name for each in (ROOT / "bot/flows").glob("*/__init__.py"))

# Split, so that this file does not say them itself.
HOSTS = ("pypi." + "org", "python" + "hosted", "npm" + "js", "js" + "delivr", "unp" + "kg.com")
PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "C:\\" + "Users")

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/monday.md")


def files() -> Iterator[Path]:
    """Everything that belongs to the repository; what tools leave behind does not."""
    for path in ROOT.iterdir():
        if path.is_file() and path.suffix in SOURCE | PROSE:
            yield path
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix in SOURCE | PROSE:
                yield path


def read(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def flow(name: str) -> ModuleType:
    return importlib.import_module(f"bot.flows.{name}")


def modules_that(say: re.Pattern[str]) -> set[str]:
    found = (ROOT / "bot").rglob("*.py")
    return {str(path.relative_to(ROOT)) for path in found if say.search(read(path))}


def test_a_commit_is_checked_by_the_commands_of_make_lint() -> None:
    """What passes before a commit passes afterwards too."""
    lint = read("Makefile").split("\nlint:")[1].split("\n\n")[0]
    wanted = {line.strip().removesuffix(" .") for line in lint.splitlines()[1:]}
    hooks = re.findall(r"entry: \.venv/bin/(.+)", read(".pre-commit-config.yaml"))
    said = {f"$(BIN)/{hook.removesuffix(' --force-exclude')}" for hook in hooks}
    assert said == wanted


def test_no_module_has_more_than_300_lines() -> None:
    """A module that outgrows two screens is split along the domain."""
    lengths = {path: len(read(path).splitlines()) for path in files() if path.suffix in SOURCE}

    too_long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MOST_LINES}

    assert too_long == {}


@pytest.mark.parametrize("name", FLOWS)
def test_a_flow_begins_with_its_four_tables_and_nothing_else(name: str) -> None:
    """Whoever opens a flow sees which commands it takes and what it listens to."""
    tree = ast.parse(read(f"bot/flows/{name}/__init__.py"))
    assigned = {
        node.target.id
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    deeds = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]

    assert {each for each in assigned if not each.startswith("_")} == TABLES
    assert deeds == []
    assert (ROOT / f"bot/flows/{name}/flow.py").is_file()


def test_every_flow_is_at_work() -> None:
    """A flow that is not collected would take no command and tell nobody."""
    collected = {
        name for name in FLOWS if flow(name).COMMANDS.items() <= dict(flows.COMMANDS).items()
    }

    assert set(FLOWS) == collected


def test_each_command_has_exactly_one_flow_function() -> None:
    """Nothing that can be asked for is unknown, and nothing is answered twice."""
    answered = [kind for name in FLOWS for kind in (*flow(name).COMMANDS, *flow(name).QUESTIONS)]

    assert sorted(kind.__name__ for kind in get_args(commands.Command)) == sorted(
        kind.__name__ for kind in answered
    )


def test_each_event_reaches_somebody() -> None:
    """An event without a subscriber is a promise that nobody keeps."""
    assert set(get_args(events.Event)) == set(flows.SUBSCRIBERS)


def test_a_step_is_known_by_its_name_alone() -> None:
    """Deliveries are stored with the step's name, so two steps never share one."""
    steps = {step for group in flows.SUBSCRIBERS.values() for step in group}

    assert len(steps) == len({step.name for step in steps})


def test_money_leaves_through_one_line() -> None:
    """One module calls a refund, after the consent was read again; one loads the provider."""
    calls, loads = re.compile(r"\.refund\("), re.compile(r"stripe_payments")

    assert {"bot/flows/approval/calling.py"} == modules_that(calls)
    assert {"bot/bootstrap.py"} == modules_that(loads)


def test_no_file_names_a_package_host_or_a_machine() -> None:
    """What builds here builds anywhere."""
    said = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in files()
        for word in (*HOSTS, *PATHS)
        if word in read(path)
    }

    assert set() == said


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_a_document_names_are_there(document: str) -> None:
    """Whoever types what stands in a document gets what it says."""
    text = read(document)
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    made = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(_code(text))))
    called = set(re.findall(r"^(?:\.venv/bin/)?backstop ([a-z]+)", "\n".join(_code(text)), re.M))

    assert set() == made - targets
    assert set() == called - set(COMMAND_LINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_links_of_a_document_lead_somewhere(document: str) -> None:
    """A link inside the repository names a file that is there."""
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(document))

    assert [link for link in linked if not (ROOT / document).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize(
    "text", re.findall(r"```yaml\n(.*?)```", read("docs/monday.md"), re.DOTALL)
)
def test_settings_on_the_way_from_observe_to_live_are_settings(tmp_path: Path, text: str) -> None:
    """Whoever starts on Monday copies lines that load."""
    load_text(tmp_path, "company: {name: Acme}\n" + text)


def test_the_changelog_tells_of_this_version() -> None:
    """Somebody who updates can read what is new."""
    [version] = re.findall(r'^version = "(.+)"$', read("pyproject.toml"), re.MULTILINE)
    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)

    assert {"Unreleased", version} & set(headings[:2])


def _code(text: str) -> list[str]:
    """The lines of code blocks, and what stands between backticks."""
    block = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
    lines = [line for found in block.findall(text) for line in found.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", block.sub("", text))
