"""The page's scripts where no browser is needed: Node reads each, and says what a date becomes."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[3] / "sandbox" / "page" / "js"
NOON = int(datetime(2026, 3, 2, 12, 30, tzinfo=UTC).timestamp())


def run(node: str, *options: str, script: str, zone: str = "UTC") -> str:
    command = [node, "--input-type=module", *options]
    reader = {"TZ": zone, "LC_ALL": "en_GB.UTF-8"}
    ran = subprocess.run(
        command, input=script, env=reader, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.js")), ids=lambda file: file.name)
def test_each_script_is_one_that_a_browser_can_read(node: str, file: Path) -> None:
    """Law: a script with a mistake leaves the whole page empty, so it does not get so far."""
    run(node, "--check", script=file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("zone", "form", "shown"),
    [
        ("UTC", "{date_num} {time}", "2026-03-02 12:30"),
        ("Pacific/Kiritimati", "{date_num} {time}", "2026-03-03 02:30"),
        ("America/Los_Angeles", "{time}, as it was", "04:30, as it was"),
        ("UTC", "{no_such_token}", "{no_such_token}"),
        ("UTC", "", "noon"),
    ],
)
def test_a_moment_is_shown_in_the_readers_own_zone(
    node: str, zone: str, form: str, shown: str
) -> None:
    """Law: what Slack's date form asks for, and the fallback where there is none."""
    told = ", ".join(json.dumps(value) for value in (NOON, form, "noon"))
    times = json.dumps((SCRIPTS / "times.js").as_uri())
    script = f"import {{ slackDate }} from {times}; process.stdout.write(slackDate({told}));"
    said = run(node, script=script, zone=zone)

    assert said == shown
