"""What was not tested is said in one line, and fails a run in which nothing may be skipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = "from tests.conftest import pytest_sessionfinish, pytest_terminal_summary\n"
TESTS = """
import pytest

@pytest.mark.parametrize("page", [1, 2])
def test_that_needs_a_browser(page):
    pytest.skip("Chromium is not installed")

def test_that_needs_nothing():
    pass
"""
REAL = """
import pytest

@pytest.mark.real_data
def test_of_real_tickets():
    pytest.skip("BACKSTOP_REAL_DATA names no folder")
"""


def run(folder: Path, tests: str, environ: dict[str, str]) -> tuple[int, str]:
    """The exit code and the output of pytest on these tests, with the hooks of our own."""
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_some.py").write_text(tests, encoding="utf-8")
    ours = Path(__file__).parents[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    options = ["-p", "no:cacheprovider", "-c", str(ours / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), str(folder)]
    told = kept | {"PYTHONPATH": str(ours)} | environ
    ran = subprocess.run(command, env=told, cwd=folder, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_what_was_skipped_is_one_line_with_its_reason(tmp_path: Path) -> None:
    """Law: without a browser the rest is tested, and the run says what was not."""
    code, said = run(tmp_path, TESTS, {})

    assert code == 0, said
    assert "skipped 2: 2 because Chromium is not installed\n" in said


@pytest.mark.parametrize(
    ("tests", "environ", "code"),
    [
        (TESTS, {}, 1),
        (REAL, {}, 0),
        (REAL, {"BACKSTOP_REAL_DATA": "here"}, 1),
    ],
    ids=["a browser", "real data that is not here", "real data that is here"],
)
def test_where_nothing_may_be_skipped_a_skip_is_a_failure(
    tmp_path: Path, tests: str, environ: dict[str, str], code: int
) -> None:
    """Law: only real tickets may be missing, since they are no part of the repository."""
    found, said = run(tmp_path, tests, {"BACKSTOP_NO_SKIPS": "1", **environ})

    assert found == code, said
    assert "skipped " in said
