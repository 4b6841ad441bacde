"""`backstop init`: six questions, and a file that loads."""

import shlex
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as some
from typer.testing import CliRunner

from bot.cli.init import init
from bot.cli.init_file import Answers, app_yaml
from bot.config import load
from bot.config.document import looks_secret
from bot.config.problems import closed
from tests.config.files import TOKENS, load_text

ALL = {
    "--company": "Acme",
    "--time-zone": "Europe/Berlin",
    "--workspace": "T0ACME",
    "--channel": "C0SUPPORT",
    "--you": "Ana Ruiz U0ANA1",
    "--help-desk": "zendesk https://acme.zendesk.com",
}

app = typer.Typer()
app.command()(init)


def run(file: Path, options: dict[str, str], typed: str = "") -> tuple[int, str]:
    words = [word for pair in options.items() for word in pair]
    result = CliRunner().invoke(app, ["--out", str(file), *words], input=typed)
    return result.exit_code, result.output


def test_six_answers_make_a_file_of_at_most_40_lines_that_loads(tmp_path: Path) -> None:
    """With its variables set, nothing in it is closed."""
    file = tmp_path / "app.yaml"
    typed = "Acme\nEurope/Berlin\nT0ACME\nC0SUPPORT\nAna Ruiz U0ANA1\nzendesk https://a.example\n"

    code, said = run(file, {}, typed)

    settings = load(file, {})
    assert code == 0, said
    assert said.count("]: ") == 6
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 40
    assert closed(settings, TOKENS | {"ZENDESK_TOKEN": "x"}) == frozenset()
    assert settings.modes.default == "observe"


def test_options_answer_without_a_question(tmp_path: Path) -> None:
    """A script can write the file; the first person may administer and approve."""
    file = tmp_path / "app.yaml"

    code, said = run(file, ALL)

    (ana,) = load(file, {}).people
    assert code == 0
    assert "]: " not in said
    assert (ana.id, ana.name, ana.slack) == ("ana-ruiz", "Ana Ruiz", "U0ANA1")
    assert {"admin", "approver"} <= ana.roles


def test_the_next_three_steps_are_told(tmp_path: Path) -> None:
    """Nobody is left with a file and no idea."""
    _, said = run(tmp_path / "app.yaml", ALL)

    assert [f"{step}. backstop" in said for step in (1, 2, 3)] == [True, True, True]


def test_enter_six_times_writes_a_file_too(tmp_path: Path) -> None:
    """Ids can come later: what needs them stands in the file as a comment."""
    file = tmp_path / "app.yaml"

    code, _ = run(file, {}, "\n" * 6)

    settings = load(file, {})
    assert code == 0
    assert settings.slack is None
    assert "# slack:" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("missing", "wrong", "reason"),
    [
        ("--company", " \x07", "A name is one line"),
        ("--time-zone", "Europe/Berln", "It is not a time zone (did you mean Europe/Berlin?)"),
        ("--workspace", "acme", "It must be a Slack workspace id"),
        ("--channel", "#support", "It must be a Slack channel id"),
        ("--you", "Ana u0123", "It must be a Slack user id"),
        ("--help-desk", "zendesk", "Write none, intercom, or Zendesk's address such as https://"),
        ("--help-desk", "freshdesk", "Write none, intercom, or Zendesk's address such as https://"),
        ("--help-desk", "zendesk http://acme.example", "It must be an https address"),
        ("--help-desk", "acme.zendesk.com bot", "It must be an https address"),
        ("--help-desk", "acme.zendesk.com bot@acme", "It must be an e-mail address"),
        ("--help-desk", "intercom bot@acme.example", "Write none, intercom, or Zendesk's address"),
        ("--you", "U0ANA12345", "Your name is missing: write it before the id"),
    ],
)
def test_a_wrong_answer_is_asked_for_again_with_the_reason(
    tmp_path: Path, missing: str, wrong: str, reason: str
) -> None:
    """As an option it ends the command instead, since nobody may be there to answer."""
    file = tmp_path / "app.yaml"
    others = {name: value for name, value in ALL.items() if name != missing}

    code, said = run(file, others, f"{wrong}\n{ALL[missing]}\n")
    refused, _ = run(tmp_path / "other.yaml", {**others, missing: wrong})

    assert (code, refused) == (0, 2)
    assert reason in said
    assert load(file, {}).company.name == "Acme"
    assert not (tmp_path / "other.yaml").exists()


@pytest.mark.parametrize(
    ("typed", "kind", "url"),
    [
        ("https://acme.zendesk.com", "zendesk", "https://acme.zendesk.com"),
        ("acme.zendesk.com", "zendesk", "https://acme.zendesk.com"),
        ("Zendesk https://help.acme.example", "zendesk", "https://help.acme.example"),
        ("intercom", "intercom", "https://api.intercom.io"),
        ("https://api.eu.intercom.io", "intercom", "https://api.eu.intercom.io"),
        ("None", "none", None),
    ],
)
def test_a_help_desk_is_known_by_its_address(
    tmp_path: Path, typed: str, kind: str, url: str | None
) -> None:
    """What stands in the browser can be pasted."""
    code, said = run(tmp_path / "app.yaml", ALL | {"--help-desk": typed})

    desk = load(tmp_path / "app.yaml", {}).help_desk
    assert (code, desk.kind, desk.url) == (0, kind, url), said


@pytest.mark.parametrize("typed", ["acme.zendesk.com", "zendesk https://acme.zendesk.com"])
def test_the_user_of_an_api_token_is_asked_for_with_the_address(tmp_path: Path, typed: str) -> None:
    """Without it Zendesk takes the token for another kind; a file without it names the key."""
    with_user, without = tmp_path / "with.yaml", tmp_path / "without.yaml"
    code, said = run(with_user, ALL | {"--help-desk": f"{typed} bot@acme.example"})
    run(without, ALL | {"--help-desk": typed})

    desk = load(with_user, {}).help_desk
    assert (code, desk.url, desk.user) == (0, "https://acme.zendesk.com", "bot@acme.example"), said
    assert load(without, {}).help_desk.user is None
    for file in (with_user, without):
        text = file.read_text(encoding="utf-8")
        assert "the account of an API token" in text
        assert len(text.splitlines()) <= 40


def test_whoever_is_cut_off_goes_on_with_the_answers_given(tmp_path: Path) -> None:
    """A closed terminal at the last question costs no answer."""
    file = tmp_path / "app.yaml"
    code, said = run(file, {}, "Acme & Sons\nEurope/Berlin\nT0ACME\nC0SUPPORT\nAna Ruiz U0ANA1\n")

    assert (code, file.exists()) == (1, False)
    again = shlex.split(
        next(line for line in said.splitlines() if line.startswith("backstop init"))
    )
    result = CliRunner().invoke(app, ["--out", str(file), *again[2:], "--help-desk", "none"])
    assert result.exit_code == 0
    assert load(file, {}).company.name == "Acme & Sons"


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    """An hour of somebody's work is one key press away."""
    file = tmp_path / "app.yaml"
    file.write_text("mine", encoding="utf-8")

    code, said = run(file, ALL)

    assert (code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert "--force" in said
    result = CliRunner().invoke(app, ["--out", str(file), "--force", *sum(ALL.items(), ())])
    assert result.exit_code == 0
    assert load(file, {}).company.name == "Acme"


# What looks like a secret is taken out of every file.
_NAME = some.text(min_size=1, max_size=80).filter(
    lambda text: text.isprintable() and not looks_secret(text)
)


@given(name=_NAME, company=_NAME)
def test_any_name_makes_a_file_that_says_it(
    tmp_path_factory: pytest.TempPathFactory, name: str, company: str
) -> None:
    """Quotes, braces, colons and words like `null` are only characters of a name."""
    answers = Answers(company, "UTC", "T0ACME", "C0SUPPORT", (name, "U0A"), ("none", None, None))

    settings = load_text(tmp_path_factory.mktemp("init"), app_yaml(answers))

    assert (settings.company.name, settings.people[0].name) == (company, name)
