"""What the settings answer: modes, routes, people, hours, secrets."""

from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.acts import ACTS
from bot.config import ConfigError, Settings
from bot.config.hours import read_hours
from bot.config.keys import choices
from bot.config.secrets import database_url, read_secrets
from bot.config.values import ActKind
from tests.config.files import TWO_PEOPLE, load_text

ACME = "company: {name: Acme}\n"


def test_settings_never_change(tmp_path: Path) -> None:
    """They are read once; whoever holds them may trust them."""
    settings = load_text(tmp_path, ACME)

    with pytest.raises(ValidationError):
        settings.company.name = "Other"


def test_the_kinds_of_act_are_those_the_bot_knows() -> None:
    """A gate for an act without a schema would hold nothing."""
    assert set(choices(ActKind)) == set(ACTS)


@pytest.mark.parametrize(
    ("modes", "act", "expected"),
    [
        ("{}", None, "observe"),
        ("{categories: {billing: live}}", None, "live"),
        ("{categories: {billing: live}}", "refund", "observe"),
        ("{categories: {billing: live}, acts: {refund: draft}}", "refund", "draft"),
        ("{categories: {billing: draft}, acts: {refund: live}}", "refund", "draft"),
        ("{default: live}", "refund", "live"),
        ("{default: live, categories: {billing: observe}}", "refund", "observe"),
    ],
)
def test_the_stricter_mode_counts(
    tmp_path: Path, modes: str, act: str | None, expected: str
) -> None:
    """Money moves only where the category and the act both say so."""
    settings = load_text(tmp_path, f"{ACME}modes: {modes}\n")

    assert settings.mode_for("billing", act) == expected


@pytest.mark.parametrize(
    ("category", "tier", "region", "expected"),
    [
        ("billing", "enterprise", "EU", "C1"),
        ("billing", "standard", "us", "C2"),
        ("outage", "enterprise", "us", "C0ADMIN"),
    ],
)
def test_the_first_route_whose_conditions_all_hold_wins(
    tmp_path: Path, category: str, tier: str, region: str, expected: str
) -> None:
    """What no route takes goes to the administrators, never nowhere."""
    routes = "[{channel: C1, tier: enterprise, region: eu}, {channel: C2, category: billing}]"
    settings = load_text(tmp_path, f"{ACME}channels: {{escalations: {routes}, admin: C0ADMIN}}\n")

    assert settings.route(category, tier, region) == expected


def test_without_any_channel_there_is_no_route(tmp_path: Path) -> None:
    """The caller learns it, and the problem is listed."""
    assert load_text(tmp_path, ACME).route("billing", "", "") is None


def test_a_limit_without_currency_counts_in_the_companys(tmp_path: Path) -> None:
    """2000 is 20.00 of something; a gate without a limit holds for every currency."""
    gates = "[{name: a, act: refund, up_to: 5, grade: one}, {name: b, act: refund, grade: never}]"

    settings = load_text(tmp_path, f"company: {{name: A, currency: EUR}}\ngates: {gates}\n")

    assert [gate.currency for gate in settings.gates] == ["EUR", None]


def test_a_partner_listed_by_account_alone_is_a_person_who_decides_nothing(
    tmp_path: Path,
) -> None:
    """`partners` opens claims, replies and reviews, and no approval."""
    partner = "partners: [{organisation: nightdesk, workspace: T0N, people: [U0N]}]\n"

    settings = load_text(tmp_path, TWO_PEOPLE + partner)

    person = settings.person("nightdesk:u0n")
    assert person is not None
    assert (person.organisation, person.roles) == (
        "nightdesk",
        frozenset({"specialist", "reviewer"}),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 09:00-17:30", {0: (time(9), time(17, 30))}),
        ("Sat-Mon 10:00-14:00", {day: (time(10), time(14)) for day in (5, 6, 0)}),
        ("Fri 22:00-06:00", {4: (time(22), time(6))}),
        ("Mon 09:00-12:00, Tue 13:00-14:00", {0: (time(9), time(12)), 1: (time(13), time(14))}),
    ],
)
def test_hours_are_read_as_written(text: str, expected: object) -> None:
    """Monday is 0; a span of days may go over the weekend."""
    assert read_hours(text).days == expected


@pytest.mark.parametrize(
    "text", ["", "Mon", "Mon 9-5", "Mno 09:00-17:00", "Mon 25:00-26:00", "Mon 09:00-09:00"]
)
def test_hours_that_say_nothing_clear_are_refused(text: str) -> None:
    """A promise to a customer rests on them."""
    with pytest.raises(ValueError, match=r"must be|names|ends"):
        read_hours(text)


def test_a_day_has_one_span() -> None:
    """The later of two would silently win."""
    with pytest.raises(ValueError, match="twice"):
        read_hours("Mon-Fri 09:00-17:00, Wed 10:00-12:00")


def test_secrets_are_read_by_name_and_never_shown(tmp_path: Path) -> None:
    """A newline at the end of a mounted secret is no part of it."""
    text = TWO_PEOPLE + "sources: {shop: {secrets: [SHOP_A, SHOP_B]}}\n"
    settings = load_text(tmp_path, text)

    secrets = read_secrets(settings, {"SLACK_BOT_TOKEN": "xoxb-secret\n", "SHOP_B": "whsec_x"})

    assert secrets.slack_bot_token == "xoxb-secret"
    assert secrets.sources == {"shop": ("whsec_x",)}
    assert secrets.slack_app_token is None
    assert "xoxb" not in repr(secrets)
    assert "whsec" not in repr(secrets)


def test_a_database_is_a_url_or_a_variable_that_holds_one(tmp_path: Path) -> None:
    """Its password stays in the environment."""
    plain = load_text(tmp_path, ACME)
    named = load_text(tmp_path, ACME + "database: env:DB\n")

    assert database_url(plain, {}) == "sqlite:///var/backstop.db"
    assert database_url(named, {"DB": "postgresql://u:pw@/x"}) == "postgresql://u:pw@/x"
    with pytest.raises(ConfigError, match="DB: is not set"):
        database_url(named, {})


def test_settings_built_in_code_obey_the_same_rules() -> None:
    """Tests elsewhere build settings from dictionaries."""
    settings = Settings.model_validate({"company": {"name": "Acme"}, "people": []})

    assert settings.people == ()
