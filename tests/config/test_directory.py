"""Slack's user groups add people and skills while the bot runs; never the right to approve."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Settings
from bot.config.directory import Directory, Profile, with_directory
from bot.config.quorum import approvers
from bot.people import Account, Person, Standing
from tests.config.files import TWO_PEOPLE, load_text

GROUPS = """\
  - {id: cy, name: Cy, roles: [specialist, lead], email: Cy@acme.example, limits: {refund: 9}}
  - {id: noor, name: Noor, slack: U0NOOR, organisation: nightdesk}
partners: [{organisation: nightdesk, workspace: T0NIGHT, people: [U0NOOR]}]
directory:
  user_groups:
    S0MOBILE: {skills: [mobile], roles: [specialist]}
    S0ONCALL: {roles: [on_call]}
"""
DEE = Profile("U0DEE", "T0ACME", Standing.MEMBER, "Dee", "dee@acme.example", "Asia/Tokyo")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_text(tmp_path, TWO_PEOPLE + GROUPS)


def named(people: tuple[Person, ...], id: str) -> Person:
    return next(person for person in people if person.id == id)


def test_groups_give_skills_and_roles_to_people_of_the_file(settings: Settings) -> None:
    """The person stays the same one, under the same id."""
    ana = replace(DEE, user="U0ANA", name="Ana in Slack")

    people = with_directory(settings, {"S0MOBILE": [ana], "S0ONCALL": [ana]})

    person = named(people, "ana")
    assert person.name == "Ana"
    assert person.skills == frozenset({"mobile"})
    assert person.roles == frozenset({"approver", "admin", "specialist", "on_call"})


def test_a_member_of_a_group_whom_the_file_does_not_name_becomes_a_person(
    settings: Settings,
) -> None:
    """A team grows in Slack; nobody edits a file and starts again for that."""
    people = with_directory(settings, {"S0MOBILE": [DEE], "S0ONCALL": [DEE]})

    person = named(people, "slack:u0dee")
    assert (person.name, person.time_zone) == ("Dee", "Asia/Tokyo")
    assert person.roles == frozenset({"specialist", "on_call"})


def test_an_unknown_time_zone_in_a_profile_is_the_companys(settings: Settings) -> None:
    """A profile is not validated by anybody."""
    odd = replace(DEE, time_zone="../../etc/passwd")

    people = with_directory(settings, {"S0MOBILE": [odd]})

    assert named(people, "slack:u0dee").time_zone == "Europe/Berlin"


def test_an_email_binds_an_account_and_takes_the_right_to_approve(settings: Settings) -> None:
    """An address in a profile is a claim; a Slack id in app.yaml is the operator's word."""
    claimed = replace(DEE, user="U0CY", email="cy@ACME.example")

    person = named(with_directory(settings, {"S0MOBILE": [claimed]}), "cy")

    assert person.slack == "U0CY"
    assert person.roles == frozenset({"specialist"})
    assert person.limits == {}


def test_an_email_that_two_accounts_carry_binds_neither(settings: Settings) -> None:
    """One of them is not who it says."""
    groups = {
        "S0MOBILE": [replace(DEE, user=user, email="cy@acme.example") for user in ("U1", "U2")]
    }

    assert named(with_directory(settings, groups), "cy").slack is None


@pytest.mark.parametrize(
    "profile",
    [
        replace(DEE, workspace="T0OTHER"),
        *(replace(DEE, standing=one) for one in Standing if one is not Standing.MEMBER),
    ],
)
def test_only_members_of_the_home_workspace_come_from_groups(
    settings: Settings, profile: Profile
) -> None:
    """A guest, a stranger or a bot in a group is still none of us."""
    people = with_directory(settings, {"S0MOBILE": [profile]})

    assert people == settings.people


def test_groups_that_the_file_does_not_name_give_nothing(settings: Settings) -> None:
    """Whoever makes a group in Slack gets nothing by it."""
    assert with_directory(settings, {"S0OTHER": [DEE]}) == settings.people


def test_no_group_ever_gives_the_right_to_approve(settings: Settings) -> None:
    """Even settings made in code, past the file's refusal, do not get it through."""
    group = settings.directory.user_groups["S0MOBILE"]
    forged = group.model_copy(update={"roles": ("approver", "lead", "admin", "specialist")})
    directory = settings.directory.model_copy(update={"user_groups": {"S0MOBILE": forged}})
    forged_settings = settings.model_copy(update={"directory": directory})

    people = with_directory(forged_settings, {"S0MOBILE": [DEE]})

    assert named(people, "slack:u0dee").roles == frozenset({"specialist"})


def test_nobody_of_a_group_is_an_approver_at_any_gate(tmp_path: Path) -> None:
    """Neither who is on call by a group alone, nor who is known by an address in a profile."""
    gate = "gates: [{name: all, act: refund, grade: one, roles: [approver, lead, admin]}]\n"
    settings = load_text(tmp_path, TWO_PEOPLE + GROUPS + gate)
    claimed = replace(DEE, user="U0CY", email="cy@acme.example")

    people = with_directory(settings, {"S0MOBILE": [DEE, claimed], "S0ONCALL": [DEE, claimed]})

    assert {person.id for person in people if "on_call" in person.roles} == {"slack:u0dee", "cy"}
    assert [one.id for one in approvers(settings.gates[0], people, None)] == ["ana", "bo"]


def test_a_partners_person_gets_nothing_from_groups(settings: Settings) -> None:
    """What a partner may do stands under partners and in the gates."""
    noor = replace(DEE, user="U0NOOR")

    assert named(with_directory(settings, {"S0MOBILE": [noor]}), "noor").skills == frozenset()


@pytest.mark.parametrize(
    ("user", "workspace", "expected"),
    [
        ("U0ANA", "T0ACME", "ana"),
        ("U0ANA", "T0NIGHT", None),
        ("U0NOOR", "T0NIGHT", "noor"),
        ("U0NOOR", "T0ACME", None),
        ("U0NOBODY", "T0ACME", None),
    ],
)
def test_an_account_is_found_by_workspace_and_user_together(
    settings: Settings, user: str, workspace: str, expected: str | None
) -> None:
    """Another workspace may hand out the same user id."""
    account = Account("slack", user, workspace, Standing.MEMBER)

    person = Directory(settings).find(account)

    assert (person and person.id) == expected


def test_an_account_of_another_surface_is_nobody(settings: Settings) -> None:
    """The same characters on another platform are another account."""
    account = Account("teams", "U0ANA", "T0ACME", Standing.MEMBER)

    assert Directory(settings).find(account) is None


def test_a_refresh_replaces_what_groups_gave(settings: Settings) -> None:
    """Who leaves the group is no longer on call, and a newcomer is gone."""
    directory = Directory(settings)
    directory.refresh({"S0ONCALL": [DEE]})
    assert [person.id for person in directory.with_role("on_call")] == ["slack:u0dee"]
    assert directory.get("slack:u0dee") in directory.people

    directory.refresh({})

    assert directory.with_role("on_call") == ()
    assert directory.get("slack:u0dee") is None


def test_readers_see_the_old_people_or_the_new_never_both(settings: Settings) -> None:
    """A click looks people up while a refresh is under way."""
    directory = Directory(settings)
    first, second = (
        [replace(DEE, user=f"U{number}") for number in numbers]
        for numbers in (range(0, 20), range(20, 40))
    )
    is_over = threading.Event()
    seen: set[frozenset[str]] = set()

    def look() -> None:
        while not is_over.is_set():
            seen.add(frozenset(person.id for person in directory.with_role("on_call")))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(50):
        directory.refresh({"S0ONCALL": first})
        directory.refresh({"S0ONCALL": second})
    is_over.set()
    reader.join()

    allowed = [frozenset(f"slack:{one.user.lower()}" for one in side) for side in (first, second)]
    assert seen <= {frozenset(), *allowed}
