"""`backstop check` tells all that app.yaml sets up."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.check import check
from tests.config.files import TWO_PEOPLE

app = typer.Typer()
app.command()(check)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "partners: [{organisation: dawn, workspace: T0ACME, people: [U0KIM], accounts: [oak]}]",
            "Partner dawn workspace T0ACME; people U0KIM; accounts oak",
        ),
        ("sources: {shop: {secrets: [SHOP]}}", "Source shop signed, at /hooks/shop"),
        (
            "account_actions: {url: 'https://acme.example/do', secret: DO}",
            "Account changes https://acme.example/do",
        ),
        (
            "directory: {user_groups: {S0MOB: {skills: [mobile], roles: [on_call]}}, refresh: 9m}",
            "User group S0MOB gives on_call, mobile; asked every 9m",
        ),
        (
            "schedules: {digest: {cron: '0 8 * * 1', command: daily_digest}}",
            "Schedule digest daily_digest at 0 8 * * 1, Europe/Berlin",
        ),
        (
            "escalation: {climb: [{after: 20m, roles: [lead]}], release_claimed: 3h}",
            "Unclaimed, climbs to lead after 20m "
            "Claimed and quiet reminded after 30m, released after 3h",
        ),
        ("escalation: {confidence: 0.7}", "confidence below 0.7"),
        ("escalation: {rules: {incident: 5, spike: 0}}", "incident 5"),
        ("escalation: {rules: {incident: 5, spike: 0}}", "Not escalated by spike"),
        ("escalation: {stakes: {regions: [eu]}}", "Counts for more eu"),
        ("escalation: {categories: {pets: [dog]}}", "Categories of our own pets"),
        ("limits: {refunds_per_customer_day: 2}", "Refunds at most 2 per customer and day"),
        ("retention: {inbound_days: 30}", "what came in for 30 days"),
        ("server: {public_url: 'https://b.acme.example'}", "from outside https://b.acme.example"),
        ("modes: {acts: {refund: draft}}", "Mode of refund draft"),
    ],
)
def test_whatever_the_file_says_is_shown(tmp_path: Path, written: str, shown: str) -> None:
    """Whoever reads the table knows what the bot will do, without the file beside it."""
    file = tmp_path / "app.yaml"
    file.write_text(f"{TWO_PEOPLE}{written}\n", encoding="utf-8")
    options = ["--offline", "--config", str(file)]

    output = CliRunner(env={"COLUMNS": "200"}).invoke(app, options).output

    assert shown in " ".join(output.replace("│", " ").split())
