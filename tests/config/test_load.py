"""One readable line per mistake: file, line, key, what is wrong, remedy."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.config import ConfigError, load
from bot.config.document import read_document
from bot.config.keys import choices
from bot.config.team import DECIDING_ROLES
from bot.config.values import Role
from tests.config.files import TWO_PEOPLE, load_text, refusal

ACME = "company: {name: Acme}\n"
SECRETS = ("xoxb-12-34-abcdef", "xapp-1-A-9", "sk_live_4eC39H", "rk_test_9", "whsec_abc")


def test_a_company_name_is_enough(tmp_path: Path) -> None:
    """Everything else has a default, and the default is to rehearse."""
    settings = load_text(tmp_path, ACME)

    assert (settings.installation, settings.modes.default) == ("acme", "observe")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("slak: 1\n", "line 2: slak: is not a key that app.yaml knows. Did you mean slack? "),
        ("bot_token: A\n", "line 2: bot_token: is not a key that app.yaml knows. Did you mean s"),
        ("modes:\n  default: lve\n", "line 3: modes.default: must be one of the words it knows. "),
        ("server: {port: '8710'}\n", "line 2: server.port: must be a whole number. Write for ex"),
        ("server: {port: 0}\n", "line 2: server.port: must be at least 1. Write for example por"),
        ("agent: {playbook: 1}\n", "line 2: agent.playbook: must be text. Put it in quotes."),
        ("escalation: {rules: {legal: 'no'}}\n", "line 2: escalation.rules.legal: must be true "),
        ("escalation:\n  climb: [{roles: [lead]}]\n", "line 3: escalation.climb[0].after: is mis"),
        ("modes:\n", "line 2: modes: holds nothing. Remove the key, or write for example modes: "),
        ("gates: {name: x}\n", "line 2: gates: must be a list. Write for example gates: [{name: "),
        ("company: {name: Other}\n", "line 2: company: is given twice. Keep one of the two."),
        ("channels: {admin: '#admin'}\n", "line 2: channels.admin: must be a Slack channel id ("),
        ("channels: {handoffs: {enginering: C1}}\n", "line 2: channels.handoffs.enginering: is n"),
        ("help_desk: {every: 60}\n", "line 2: help_desk.every: must be a duration: a number and "),
        ("help_desk: {every: 0s}\n", "line 2: help_desk.every: must be a duration: a number and "),
        ("approvals: {canaries: 3d}\n", "line 2: approvals.canaries: must be at least 7d."),
        ("retention: {inbound_days: 3}\n", "line 2: retention.inbound_days: must be at least 7."),
        ("database: mysql://x/y\n", "line 2: database: must be a sqlite or postgresql URL with"),
        ("database: postgresql://me:pw@db/x\n", "line 2: database: must be a sqlite or postgre"),
        ("help_desk: {url: http://acme.example}\n", "line 2: help_desk.url: must be an https ad"),
        ("x: &a 1\ny: *a\n", "line 3: uses an alias. Write the value out in both places."),
        ("modes: !!python/name:os.system x\n", "line 2: modes: has a YAML tag. Remove the word t"),
        ("modes: {default: live\n", "line 3: expected ',' or '}', but got '<stream end>'. Check "),
        ("? [a]\n: 1\n", "line 2: has a key that is not one word. Use a plain key."),
        (
            "gates: [{name: words, act: reply, grade: auto}]\n",
            "line 2: gates[0].grade: sends words that no article bears and nobody has read. A mess",
        ),
        (
            "knowledge:\n  reviewed_by: anika\n",
            "line 3: knowledge.reviewed_by: names nobody under people. Write the id of somebody",
        ),
        (
            "sources: {a: {secrets: [A_KEY]}}\n"
            "monitors: {a: {kind: alertmanager, secrets: [A_TOKEN]}}\n",
            "line 3: monitors: has a, whose address belongs to another sender. Give the monitor",
        ),
        ("1: 2\n", "line 2: 1: is not a key that app.yaml knows. Allowed: company, "),
    ],
)
def test_a_mistake_is_told_with_line_key_and_remedy(
    tmp_path: Path, text: str, expected: str
) -> None:
    """An unknown key or a wrong type refuses the start, naming key, line and remedy."""
    lines = refusal(tmp_path, ACME + text)

    assert any(line.startswith(f"app.yaml, {expected}") for line in lines), lines


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Nobody starts five times to find five mistakes."""
    lines = refusal(tmp_path, "compny: {}\nserver: {port: x}\nmodes: {default: on}\n")

    assert [line.split(":")[0] for line in lines] == [
        "app.yaml, line 1",
        "app.yaml, line 1",
        "app.yaml, line 2",
        "app.yaml, line 3",
    ]


def test_an_unknown_role_names_the_roles(tmp_path: Path) -> None:
    """The remedy of a wrong word is the list of right ones, the nearest first."""
    (line,) = refusal(tmp_path, TWO_PEOPLE.replace("[approver, lead]", "[aprover]"))

    assert "people[1].roles[0]" in line
    assert "Did you mean approver? Allowed: specialist, approver, lead, admin," in line


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("id: bo", "id: ana", "people[1].id: is the same as in entry 1. Give each entry its own"),
        ("slack: U0BO", "slack: U0ANA", "people[1].slack: is the same as in entry 1."),
    ],
)
def test_two_people_cannot_share_an_identity(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    """Who approved would be in doubt."""
    (line,) = refusal(tmp_path, TWO_PEOPLE.replace(old, new))

    assert where in line


def test_nobody_is_a_partner_here_and_a_colleague_there(tmp_path: Path) -> None:
    """A Slack user listed under partners belongs to that organisation everywhere."""
    partner = "partners: [{organisation: nightdesk, workspace: T0N, people: [U0BO]}]\n"

    (line,) = refusal(tmp_path, TWO_PEOPLE + partner)

    assert "partners[0].people[0]: is under people without this organisation" in line
    assert "Give that person organisation: nightdesk." in line


@pytest.mark.parametrize("role", ["approver", "lead", "admin"])
def test_a_user_group_that_gives_the_right_to_approve_is_refused(tmp_path: Path, role: str) -> None:
    """Whoever edits a group in Slack must not make approvers."""
    text = f"directory: {{user_groups: {{S0X: {{roles: [specialist, {role}]}}}}}}\n"

    (line,) = refusal(tmp_path, ACME + text)

    assert "directory.user_groups.S0X.roles[1]: may not come from a user group" in line


@pytest.mark.parametrize("role", [one for one in choices(Role) if one not in DECIDING_ROLES])
def test_a_role_that_user_groups_may_give_is_refused_at_a_gate(tmp_path: Path, role: str) -> None:
    """Whoever edits a group in Slack makes people on call, and no approvers by it."""
    text = f"gates:\n  - {{name: a, act: refund, grade: one, roles: [lead, {role}]}}\n"

    (line,) = refusal(tmp_path, ACME + text)

    assert line.startswith("app.yaml, line 3: gates[0].roles[1]: may not decide")
    assert line.endswith("Allowed: approver, lead, admin.")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "text", ["slack: {{workspace: T1, bot_token: {0}}}\n", "{0}: 1\n", "installation: 'a {0}'\n"]
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(
    tmp_path: Path, secret: str, text: str
) -> None:
    """A message ends in logs and in screenshots."""
    lines = refusal(tmp_path, ACME + text.format(secret))

    assert any("holds a secret" in line for line in lines)
    assert secret not in "\n".join(lines)


@pytest.mark.parametrize("value", ["8f742231b10e8888abcd99yyyzzz85a5", "ABCDEF0123456789ABCDEF012"])
def test_a_value_where_a_variables_name_belongs_is_refused_and_not_repeated(
    tmp_path: Path, value: str
) -> None:
    """A signing secret has no prefix that gives it away."""
    (line,) = refusal(tmp_path, f"{ACME}slack: {{workspace: T1, signing_secrets: [{value}]}}\n")

    assert "must be the name of an environment variable, not a value" in line
    assert value not in line


def test_words_stay_words(tmp_path: Path) -> None:
    """In YAML 1.1 Norwegian is false and a time of day is a number."""
    text = "people: [{id: kari, name: Yes, languages: [no, en], hours: Mon 09:00-17:00}]\n"

    kari = load_text(tmp_path, ACME + text).people[0]

    assert (kari.name, kari.languages) == ("Yes", ("no", "en"))


def test_a_missing_file_names_the_command_that_writes_one(tmp_path: Path) -> None:
    """The first start of all ends in the next step."""
    with pytest.raises(ConfigError, match=r"does not exist\. Write one with: backstop init"):
        load(tmp_path / "app.yaml", {})


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """An encoding nobody declared is not guessed at."""
    file = tmp_path / "app.yaml"
    file.write_bytes(b"\xff\xfe\x00\x80")

    with pytest.raises(ConfigError, match="Make it a UTF-8 text file"):
        load(file, {})


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    """One file serves a demo and a test; the URL itself stays out of the settings."""
    environ = {"BACKSTOP_DATABASE_URL": "postgresql://u:pw@/x", "BACKSTOP_PORT": "9000"}

    settings = load_text(tmp_path, ACME, environ)

    assert (settings.database, settings.server.port) == ("env:BACKSTOP_DATABASE_URL", 9000)
    assert "pw" not in repr(settings)


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    """An override is checked like the key it replaces."""
    (line,) = refusal(tmp_path, ACME, {"BACKSTOP_PORT": "70000"})

    assert "BACKSTOP_PORT: must be a port" in line


@given(some.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in the file, the answer is data or mistakes."""
    document = read_document(text)

    assert all(mistake.line >= 1 and mistake.remedy for mistake in document.mistakes)


def test_deep_nesting_is_a_mistake_and_no_crash() -> None:
    """The reader recurses; the file is not trusted to be sane."""
    document = read_document("[" * 20_000)

    assert document.mistakes
