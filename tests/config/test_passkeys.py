"""What passkeys take of app.yaml."""

from pathlib import Path

import pytest

from bot.config.problems import problems
from tests.config.files import TOKENS, TWO_PEOPLE, load_text
from tests.config.test_by_mail import KEY

PASSKEYS = f"{TWO_PEOPLE}approvals: {{step_up: {{by: passkeys}}}}\n"


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("", "is missing"),
        ("https://192.0.2.7", "has no name"),
        ("https://backstop.acme.example", ""),
        ("http://localhost:8080", ""),
    ],
)
def test_a_device_signs_for_a_name_alone(tmp_path: Path, url: str, wrong: str) -> None:
    """Law: browsers ask no device for a page that is known by its number."""
    text = PASSKEYS + (f"server: {{public_url: '{url}'}}\n" if url else "")
    found = problems(load_text(tmp_path, text), TOKENS | KEY)
    shut = [one for one in found if "passkey" in one.closes]
    assert [(one.severity, one.path, one.wrong) for one in shut] == (
        [("closed", "server.public_url", wrong)] if wrong else []
    )
