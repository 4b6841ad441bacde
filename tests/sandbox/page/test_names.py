"""The names a browser test may use, as the page's README lists them."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "sandbox" / "page"
_TICKED = re.compile(r"`([a-z][a-z0-9-]*[a-zA-Z0-9-]*)`")
_VARIABLE = re.compile(r"-[A-Z]+")


def test_every_name_in_the_readme_is_on_the_page() -> None:
    """A listed name stands in a source file up to its first variable part, or is put together."""
    files = [PAGE / "index.html", *(PAGE / "js").glob("*.js")]
    sources = "".join(path.read_text("utf-8") for path in files)
    table = [line for line in (PAGE / "README.md").read_text("utf-8").splitlines() if "|" in line]
    fixed = [_VARIABLE.split(name)[0] for line in table for name in _TICKED.findall(line)]

    missing = [
        name for name in fixed if name not in sources and f"}}-{name.split('-')[-1]}" not in sources
    ]
    assert len(fixed) > 80
    assert missing == []
