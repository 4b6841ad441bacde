"""While a looser rule waits, the stricter of both counts, whichever of the two it is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config.policy import Modes
from bot.config.policy_held import (
    as_text,
    digest_of,
    held,
    mode_of_act,
    policy_of,
    read_policy,
)
from bot.config.settings import Settings
from tests.config.files import load_text

FILE = """\
company: {name: Acme, currency: USD}
slack: {workspace: T0ACME}
people:
  - {id: bo, name: Bo, email: bo@acme.example, roles: [approver], slack: U0BO, limits: {refund: 9}}
approvals: {APPROVALS}
limits: {LIMITS}
"""
MAIL = "by_mail: {after: %s, seen_within: %s}, step_up: {}"
SOON = {"after": timedelta(minutes=2), "seen_within": timedelta(hours=9)}
LATE = {"after": timedelta(minutes=5), "seen_within": timedelta(days=1)}
ABOVE = "step_up: {above: {refund: 20000}}"


def _file(folder: Path, approvals: str = "", limits: str = "", **changes: str) -> Settings:
    text = FILE.replace("APPROVALS", approvals).replace("LIMITS", limits)
    for old, new in changes.items():
        text = text.replace(old, new)
    return load_text(folder, text)


def _between(agreed: Settings, wanted: Settings) -> Settings:
    return held(policy_of(agreed), wanted)


@pytest.mark.parametrize(
    ("one", "other", "stricter"),
    [
        ("", ABOVE, {"refund": 20000}),
        (ABOVE, "step_up: {above: {refund: 30000}}", {"refund": 20000}),
        (ABOVE, "step_up: {}", {"refund": 20000}),
    ],
)
def test_a_proof_is_asked_for_where_either_asks(
    tmp_path: Path, one: str, other: str, stricter: dict[str, int]
) -> None:
    for agreed, wanted in ((one, other), (other, one)):
        found = _between(_file(tmp_path, agreed), _file(tmp_path, wanted))
        assert found.approvals.step_up is not None
        assert found.approvals.step_up.above == stricter


@pytest.mark.parametrize(("agreed", "wanted"), [(ABOVE, ABOVE), (ABOVE, ""), ("", ABOVE)])
def test_in_another_currency_everything_takes_its_proof(
    tmp_path: Path, agreed: str, wanted: str
) -> None:
    """Law: nobody has agreed to what an amount of it is worth, nor to anybody's limit in it."""
    euros = _file(tmp_path, wanted, USD="EUR")
    found = _between(_file(tmp_path, agreed), euros)
    assert found.approvals.step_up is not None and found.approvals.step_up.above == {"refund": 0}
    assert found.staff[0].limits == {"refund": 0}


def test_links_go_as_late_and_rest_on_as_little_as_either_says(tmp_path: Path) -> None:
    fast, slow = (_file(tmp_path, MAIL % told) for told in (("2m", "9h"), ("5m", "1d")))
    for agreed, wanted in ((fast, slow), (slow, fast)):
        by_mail = _between(agreed, wanted).approvals.by_mail
        assert by_mail is not None
        assert (by_mail.after, by_mail.seen_within) == (LATE["after"], SOON["seen_within"])
    for agreed, wanted in ((fast, _file(tmp_path)), (_file(tmp_path), fast)):
        assert _between(agreed, wanted).approvals.by_mail is None


def test_what_adds_up_adds_up_for_as_long_as_either_says(tmp_path: Path) -> None:
    """Law: and each act has the lower bound of its own."""
    short = _file(tmp_path, "", "together_within: 2h, unasked_per_hour: {refund: 5, reply: 3}")
    long = _file(tmp_path, "", "together_within: 3d, unasked_per_hour: {refund: 4}")
    for agreed, wanted in ((short, long), (long, short)):
        limits = _between(agreed, wanted).limits
        assert limits.together_within == timedelta(days=3)
        assert limits.unasked_per_hour == {"refund": 4, "reply": 3}


def test_who_decides_no_more_is_as_the_file_says(tmp_path: Path) -> None:
    """Law: nothing about them rests on what was agreed."""
    changes = {"roles: [approver]": "roles: [specialist]", "bo@acme": "robert@acme"}
    found = _between(_file(tmp_path), _file(tmp_path, **changes)).staff[0]
    assert (found.roles, found.email) == (("specialist",), "robert@acme.example")


def test_whom_no_gate_named_before_is_a_partner_as_the_file_says(tmp_path: Path) -> None:
    dusk = "partners: [{organisation: dusk, workspace: T0D, people: [U0D], accounts: [acc_9]}]\n"
    wanted = _file(tmp_path, **{"approvals:": f"{dusk}approvals:"})
    [found] = _between(_file(tmp_path), wanted).partners
    assert found.accounts == ("acc_9",)


def test_a_reply_follows_its_category_unless_it_is_named() -> None:
    modes: Any = Modes.model_validate({"default": "observe", "acts": {"refund": "draft"}})
    told = [mode_of_act(modes, act) for act in ("reply", "refund", "account_change")]
    assert told == ["live", "draft", "observe"]


def test_what_is_not_there_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Law: a key that a later version knows makes no other policy of an old one."""
    assert "null" not in as_text(policy_of(_file(tmp_path)))


def test_a_policy_holds_who_decides_and_whom_gates_name(tmp_path: Path) -> None:
    """Law: of people their deciding roles; of partners those whom a gate lets in."""
    partners = "".join(
        f"  - {{organisation: {name}, workspace: T0{name.upper()}, people: [U0{name.upper()}]}}\n"
        for name in ("dawn", "dusk")
    )
    gate = "gates: [{name: all, act: refund, grade: one, partners: [dawn]}]"
    cy = "  - {id: cy, name: Cy, roles: [specialist], slack: U0CY}\n"
    changes = {
        "roles: [approver]": "roles: [specialist, approver]",
        "approvals:": f"{cy}partners:\n{partners}{gate}\napprovals:",
    }
    policy = policy_of(_file(tmp_path, ABOVE, **changes))
    assert [(one.id, one.roles) for one in policy.people] == [("bo", ("approver",))]
    assert [one.organisation for one in policy.partners] == ["dawn"]


def test_a_policy_is_known_by_its_text_alone(tmp_path: Path) -> None:
    """Law: the order in which somebody wrote it makes no other one; what is no policy is none."""
    one, other = (
        policy_of(_file(tmp_path, **{"approvals:": f"modes: {{categories: {told}}}\napprovals:"}))
        for told in ("{a: live, b: draft}", "{b: draft, a: live}")
    )
    assert as_text(one) == as_text(other) and digest_of(one) == digest_of(other)
    assert len(digest_of(one)) == 64
    assert digest_of(one) != digest_of(policy_of(_file(tmp_path)))
    with pytest.raises(ValueError, match="refund"):
        read_policy(as_text(one).replace('"refund":9', '"refund":"9"'))


def test_in_another_workspace_nobody_decides_who_did_before(tmp_path: Path) -> None:
    """Law: an account there is somebody else's, also where people were read before."""
    wanted = _file(tmp_path, T0ACME="T0EVIL")
    assert wanted.people[0].roles
    found = _between(_file(tmp_path), wanted)
    assert (found.staff[0].roles, found.people[0].roles) == ((), frozenset())


def test_names_hours_and_skills_are_no_policy(tmp_path: Path) -> None:
    """Law: nobody is asked to agree to a colleague's new working hours."""
    before = digest_of(policy_of(_file(tmp_path)))
    for told in ("name: Bob, skills: [billing],", 'name: Bo, hours: "Mon-Fri 09:00-17:00",'):
        assert digest_of(policy_of(_file(tmp_path, **{"name: Bo,": told}))) == before
