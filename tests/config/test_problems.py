"""What is missing closes only what needs it."""

import re
from pathlib import Path

import pytest

from bot.config import extras
from bot.config.channels import Channels
from bot.config.policy import Gate
from bot.config.problems import approvers, closed, gate_is_satisfiable, problems
from bot.money import Money
from bot.people import Person
from tests.config.files import TOKENS, TWO_PEOPLE, load_text


def person(
    name: str, limit: int | None = None, organisation: str | None = None, currency: str = "USD"
) -> Person:
    return Person(
        id=name.lower(),
        name=name,
        roles=frozenset({"approver"}),
        slack=f"U{name.upper()}",
        organisation=organisation,
        limits={} if limit is None else {"refund": Money(limit, currency)},
    )


KEYED = {**TOKENS, "ANTHROPIC_API_KEY": "k"}
MINIMAL = "company: {name: Acme}\nslack: {workspace: T0ACME}\n"
ANA, BO = person("Ana", 50000), person("Bo", 500000)
NIGHT = person("Noor", None, "nightdesk")
BIG = Gate(name="big", act="refund", up_to=200000, currency="USD", grade="two")


def test_a_whole_file_closes_nothing(tmp_path: Path) -> None:
    """Notes are allowed; nothing that was asked for is missing."""
    assert closed(load_text(tmp_path, TWO_PEOPLE), TOKENS) == frozenset()


@pytest.mark.parametrize(
    ("people", "grade", "satisfied"),
    [
        ([BO, person("Cy", 200000)], "two", True),
        ([BO, person("Cy")], "two", True),
        ([BO, ANA], "two", False),
        ([BO], "two", False),
        ([BO, BO], "two", False),
        ([BO, NIGHT], "two", False),
        ([BO, person("Di", 500000, currency="EUR")], "two", False),
        ([BO], "one", True),
        ([ANA], "one", False),
        ([NIGHT], "one", False),
        ([], "one", False),
        ([], "auto", True),
        ([], "never", True),
    ],
)
def test_a_gate_needs_enough_people_whose_limits_reach(
    people: list[Person], grade: str, satisfied: bool
) -> None:
    """Two approvers are two different people of the house, each with the limit for it."""
    gate = BIG.model_copy(update={"grade": grade})

    assert (gate_is_satisfiable(gate, people) is None) == satisfied


def test_partners_count_where_the_gate_names_them() -> None:
    """Another organisation's people approve only by name."""
    named = BIG.model_copy(update={"partners": ("nightdesk",)})

    assert gate_is_satisfiable(named, [BO, NIGHT]) is None
    assert gate_is_satisfiable(BIG, [BO, NIGHT]) is not None


def test_a_problem_says_who_is_there_and_who_is_wanted() -> None:
    """An administrator reads it once and knows what to write."""
    problem = gate_is_satisfiable(BIG, [ANA, BO])

    assert problem is not None
    assert (problem.severity, problem.part) == ("closed", "gate-top:big")
    assert problem.wrong == (
        "needs two different approvers (approver) with a limit of at least 2,000.00 USD, "
        "has Ana (up to 500.00 USD), Bo (up to 5,000.00 USD)"
    )
    assert problem.closes == "refunds above 500.00 USD under gate “big”"


def test_limits_do_not_close_a_gate_that_names_no_amount() -> None:
    """It promises none; the amounts beyond the limits are told as a note."""
    open_ended = BIG.model_copy(update={"up_to": None, "currency": None, "grade": "one"})

    problem = gate_is_satisfiable(open_ended, [ANA])

    assert problem is not None
    assert problem.severity == "note"


def test_approvers_are_bound_by_role_limit_and_a_way_to_click() -> None:
    """A limit holds up to and including its amount; who has no account cannot press a button."""
    no_account = Person(id="dee", name="Dee", roles=frozenset({"approver"}))
    other_role = Person(id="eve", name="Eve", roles=frozenset({"lead"}), slack="U0E")
    people = [ANA, BO, no_account, other_role]

    assert approvers(BIG, people, 50000) == (ANA, BO)
    assert approvers(BIG, people, 50001) == (BO,)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("  approvals: C0APPROVALS\n", "", "approvals"),
        ("  admin: C0ADMIN\n", "", "administration"),
        ("  trial: C0TRIAL\n", "", "trial"),
        ("roles: [approver, admin]", "roles: [approver]", "administration"),
        ("slack: {workspace: T0ACME}\n", "", "slack"),
    ],
)
def test_something_missing_closes_its_own_part_alone(
    tmp_path: Path, old: str, new: str, part: str
) -> None:
    """The rest goes on working."""
    settings = load_text(tmp_path, TWO_PEOPLE.replace(old, new))

    assert closed(settings, TOKENS) == {part}


@pytest.mark.parametrize(
    ("added", "parts"),
    [
        (
            "help_desk: {kind: zendesk, url: https://a.example, token: T_A, intake: polling}\n",
            {"T_A"},
        ),
        ("payments: {kind: stripe, key: KEY}\n", {"KEY"}),
        ("sources: {shop: {secrets: [SHOP]}}\n", {"SHOP"}),
    ],
)
def test_an_unset_variable_closes_what_it_is_for(
    tmp_path: Path, added: str, parts: set[str]
) -> None:
    """Its name is told, and setting it opens the part again."""
    settings = load_text(tmp_path, TWO_PEOPLE + added)
    found = [one for one in problems(settings, TOKENS) if one.severity == "closed"]

    assert [one.wrong for one in found] == [f"the environment does not set {parts.pop()}"]
    every = TOKENS | {"T_A": "x", "KEY": "x", "SHOP": "x"}
    assert closed(settings, every) == frozenset()


def test_one_of_two_secrets_is_enough_while_they_are_exchanged(tmp_path: Path) -> None:
    """The other one is a note."""
    text = TWO_PEOPLE + "sources: {shop: {secrets: [OLD, NEW]}}\n"
    settings = load_text(tmp_path, text)

    found = problems(settings, TOKENS | {"OLD": "x"})

    assert ("note", "source:shop") in {(one.severity, one.part) for one in found}
    assert closed(settings, TOKENS | {"OLD": "x"}) == frozenset()


def test_an_act_that_a_gate_allows_needs_somebody_to_do_it(tmp_path: Path) -> None:
    """A gate for refunds without a payment provider opens onto a wall."""
    text = TWO_PEOPLE + "gates: [{name: r, act: refund, up_to: 50000, grade: one}]\n"

    assert closed(load_text(tmp_path, text), TOKENS) == {"payments"}


def test_what_no_gate_matches_needs_an_approver_too(tmp_path: Path) -> None:
    """The safe default is a gate like any other."""
    text = TWO_PEOPLE.replace("approver, ", "")

    assert closed(load_text(tmp_path, text), TOKENS) == {"gate:what no gate matches"}


def test_an_extra_that_is_not_installed_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles are found by words then, as without the key; nothing is closed."""
    settings = load_text(tmp_path, f"{TWO_PEOPLE}search: {{embeddings: true}}\n")
    plain = load_text(tmp_path, TWO_PEOPLE)
    monkeypatch.setattr(extras, "_PACKAGES", ("no_such_package",))
    [note] = {*problems(settings, TOKENS)} - {*problems(plain, TOKENS)}

    assert (note.severity, note.path) == ("note", "search.embeddings")
    assert "pip install '.[embeddings]'" in note.line


def test_a_partners_person_who_is_not_listed_under_partners_is_closed(tmp_path: Path) -> None:
    """The organisation alone opens nothing: that very account must be listed."""
    text = TWO_PEOPLE + "  - {id: noor, name: Noor, slack: U0N, organisation: nightdesk}\n"

    assert closed(load_text(tmp_path, text), TOKENS) == {"person:noor"}


def test_a_route_that_nothing_reaches_is_noted(tmp_path: Path) -> None:
    """The first match wins, so entries after the one without conditions are dead."""
    routes = "escalations: [{channel: C0SUPPORT}, {channel: C1, tier: enterprise}]"
    text = TWO_PEOPLE.replace("escalations: [{channel: C0SUPPORT}]", routes)

    found = problems(load_text(tmp_path, text), TOKENS)

    assert "has entries after the one without conditions" in {one.wrong for one in found}


def test_a_role_that_user_groups_give_is_held_by_somebody(tmp_path: Path) -> None:
    """Who is on call is known only while the bot runs."""
    climb = "escalation: {climb: [{after: 15m, roles: [on_call]}]}\n"
    group = "directory: {user_groups: {S0X: {roles: [on_call]}}}\n"

    without = {one.part for one in problems(load_text(tmp_path, TWO_PEOPLE + climb), TOKENS)}
    given = {one.part for one in problems(load_text(tmp_path, TWO_PEOPLE + climb + group), TOKENS)}

    assert "climb" in without
    assert "climb" not in given


def test_whoever_has_a_role_and_no_slack_id_is_named(tmp_path: Path) -> None:
    """Law: the remedy is what is missing, and the role is not."""
    text = TWO_PEOPLE.replace(", slack: U0ANA", "").replace(", slack: U0BO", "")

    found = {one.wrong: one.remedy for one in problems(load_text(tmp_path, text), TOKENS)}

    assert found["nobody with a Slack id is admin"] == "Add the Slack id of Ana."
    assert found["nobody with a Slack id is lead"] == "Add the Slack id of Bo."
    nobody = {one.wrong for one in problems(load_text(tmp_path, MINIMAL), TOKENS)}
    assert {"nobody is admin", "nobody is lead", "nobody may stop and start effects"} <= nobody


def test_a_channel_is_missed_exactly_where_something_asks_for_it(tmp_path: Path) -> None:
    """Law: the keys that docs/app-yaml.md lists as waiting are missed by nobody."""
    docs = (Path(__file__).parents[2] / "docs" / "app-yaml.md").read_text(encoding="utf-8")
    waits = re.search(r"\*\*Some keys wait\*\*:(.*?)\. They", docs, re.DOTALL)
    assert waits is not None
    waiting = set(re.findall(r"`channels\.(\w+)`", waits[1]))
    assert len(waiting) == 3

    found = problems(load_text(tmp_path, MINIMAL), TOKENS)

    missed = {one.path.split(".")[1] for one in found if one.path.startswith("channels.")}
    assert missed == set(Channels.model_fields) - waiting


def test_one_person_alone_cannot_lift_a_stop(tmp_path: Path) -> None:
    """It is told before anybody presses it, with who is there and who is needed; somebody whom
    nobody reaches in Slack is no second one."""
    alone = TWO_PEOPLE.replace("roles: [approver, lead]", "roles: [specialist]")
    unreached = TWO_PEOPLE.replace(", slack: U0BO", "")

    told = {one.part for one in problems(load_text(tmp_path, TWO_PEOPLE), TOKENS)}
    assert "stop" not in told
    for text in (alone, unreached):
        found = problems(load_text(tmp_path, text), TOKENS)
        [stop] = [one for one in found if one.part == "stop"]
        assert stop.wrong == "Ana alone may stop and start effects"
        assert "a second person with a Slack id the role lead, admin or approver" in stop.remedy


@pytest.mark.parametrize("kind, is_shut", [("claude", True), ("offline", False)])
def test_a_playbook_that_is_not_there_is_said_before_the_start(
    tmp_path: Path, kind: str, is_shut: bool
) -> None:
    """Law: what keeps the bot from starting is found by whoever checks, and not by the start."""
    there, latin = tmp_path / "playbook.md", tmp_path / "latin.md"
    there.write_text("# Be kind", "utf-8")
    latin.write_bytes(b"caf\xe9")
    for file in (there, latin, tmp_path / "nope.md", tmp_path):
        named = f"agent: {{kind: {kind}, playbook_file: '{file}'}}\n"
        found = problems(load_text(tmp_path, TWO_PEOPLE + named), KEYED)
        told = [one.severity for one in found if one.path == "agent.playbook_file"]
        assert told == ([] if file is there else ["closed" if is_shut else "note"])


@pytest.mark.parametrize(
    "named, is_told",
    [
        ("kind: claude", False),
        ("kind: claude, model: claude-other", True),
        ("kind: claude, model: claude-other, prices: {input: 100}", False),
        ("kind: offline, model: claude-other", False),
    ],
)
def test_a_model_whose_prices_nobody_named_is_noted(
    tmp_path: Path, named: str, is_told: bool
) -> None:
    """Law: a budget in money holds only for the prices that it is counted with."""
    found = problems(load_text(tmp_path, f"{TWO_PEOPLE}agent: {{{named}}}\n"), KEYED)
    assert [one.severity for one in found if one.path == "agent.prices"] == ["note"] * is_told
