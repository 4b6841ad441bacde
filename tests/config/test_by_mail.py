"""What approvals by e-mail take of app.yaml."""

from pathlib import Path

from bot.config.problems import problems
from tests.config.files import TOKENS, TWO_PEOPLE, load_text, refusal

KEY = {"BACKSTOP_STEP_UP_KEY": "YmFja3N0b3AtdGVzdHMtc2VhbC10aGVzZS1rZXlzLi4="}
BY_MAIL = f"{TWO_PEOPLE}approvals: {{step_up: {{}}, by_mail: {{}}}}\n"
MAIL = "mail: {host: smtp.acme.example, from: bot@acme.example, user: bot, password: SMTP_WORD}\n"
SERVER = "server: {public_url: https://backstop.acme.example}\n"


def test_a_link_without_a_code_is_refused(tmp_path: Path) -> None:
    """Law: whoever reads somebody's e-mail is not them."""
    [line] = refusal(tmp_path, f"{TWO_PEOPLE}approvals: {{by_mail: {{}}}}\n")
    assert "approvals.by_mail" in line and "Add step_up: {}" in line


def test_what_is_missing_closes_it_and_nothing_else(tmp_path: Path) -> None:
    found = problems(load_text(tmp_path, BY_MAIL), TOKENS | KEY)
    shut = [one.line for one in found if one.severity == "closed" and "e-mail" in one.closes]
    assert [line.partition(":")[0] for line in shut] == ["mail", "server.public_url"]
    whole = problems(load_text(tmp_path, BY_MAIL + MAIL + SERVER), TOKENS | KEY)
    [password] = [one.line for one in whole if one.severity == "closed" and one.part == "mail"]
    assert "SMTP_WORD" in password


def test_approvers_without_an_address_are_named(tmp_path: Path) -> None:
    text = BY_MAIL.replace("slack: U0BO,", "slack: U0BO, email: bo@acme.example,")
    found = problems(load_text(tmp_path, text + MAIL + SERVER), TOKENS | KEY)
    [line] = [one.line for one in found if "e-mail" in one.wrong]
    assert "while chat is down Ana decides nothing" in line
