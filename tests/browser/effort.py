"""What a job costs, as docs/effort.md promises it and as a test has counted it."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tests.browser.person import Person
from tests.browser.running import Demo, Json

DOCUMENT = Path(__file__).parents[2] / "docs" / "effort.md"
_ROW = re.compile(r"^\| ([a-z/][^|]*?) *\|((?: *\d+ *\|){5})$", re.MULTILINE)
_MENTION = re.compile(r'"type": "(?:user|usergroup|broadcast)"')


class Effort(NamedTuple):
    taps: int
    fields: int
    channel_posts: int
    thread_posts: int
    mentions: int


def promised() -> dict[str, Effort]:
    """The table of the document, by job."""
    rows = _ROW.findall(DOCUMENT.read_text("utf-8"))
    return {job: Effort(*(int(cell) for cell in cells.split("|")[:5])) for job, cells in rows}


def counted(person: Person, posts: Iterable[Json]) -> Effort:
    posts = list(posts)
    in_threads = sum(1 for post in posts if post.get("thread_ts"))
    mentions = sum(len(_MENTION.findall(json.dumps(post["blocks"]))) for post in posts)
    return Effort(person.taps, person.fields, len(posts) - in_threads, in_threads, mentions)


def assert_costs(job: str, person: Person, demo: Demo, before: int = 0) -> None:
    """The job took what the document says; of the posts, those after the first `before`."""
    assert counted(person, demo.posts()[before:]) == promised()[job]
