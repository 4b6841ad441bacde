"""Where the folder of real data is, when there is one."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2] / "../shared/data"


def real_data(name: str) -> Path:
    """Return the named part of the folder, or skip the test that asks for it."""
    folder = Path(os.environ.get("BACKSTOP_REAL_DATA", _BESIDE)) / name
    if not folder.exists():
        pytest.skip(f"BACKSTOP_REAL_DATA names no folder with {name}")
    return folder
