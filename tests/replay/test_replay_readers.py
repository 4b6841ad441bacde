"""A replay over an exported folder tells customers what the bot would, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.replay.test_replay import CUSTOMER, run

BODY = "On the sign-in page choose Forgot password. The link works for 60 minutes."


@pytest.mark.parametrize(
    ("front", "is_cited"),
    [
        ("", True),
        ("audience: public\nstate: published\n", True),
        ("public: false\n", False),
        ("audience: internal\nstate: published\n", False),
        ("audience: restricted\nreaders: [role:lead]\nstate: published\n", False),
        ("audience: public\nstate: retired\n", False),
        ("audience: public\nstate: draft\n", False),
        ("audience: public\nstate: in_review\n", False),
    ],
)
def test_a_replay_cites_what_a_customer_may_read(
    tmp_path: Path, front: str, is_cited: bool
) -> None:
    """Law: what is no customer's, and what is not published, answers nobody."""
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "reset.md").write_text(f"---\ntitle: Reset your password\n{front}---\n{BODY}\n")
    asked = "How do I reset my password? I am on the sign-in page."
    ticket = {"id": "1", "subject": "Reset my password", "body": asked, "customer": CUSTOMER}
    (tmp_path / "tickets.jsonl").write_text(json.dumps(ticket))
    [line], _ = run(tmp_path / "tickets.jsonl", folder)
    assert (line["cites"] == ["reset"]) is is_cited
