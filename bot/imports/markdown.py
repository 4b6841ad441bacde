"""An article as a file of Markdown with front matter, as `bot.imports.files` reads it again."""

from collections.abc import Mapping
from typing import Any

import yaml


def written(fields: Mapping[str, Any], body: str) -> str:
    """What is empty stands there too: it says that there is nothing."""
    front = yaml.safe_dump(dict(fields), sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{front}---\n{body}\n"
