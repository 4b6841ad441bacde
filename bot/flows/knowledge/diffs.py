"""What is different between two tellings of an article, in lines; pure."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.flows.knowledge.contents import Content

AROUND = 1
_NAMES = {"review_days": "review every (days)", "audience": "for", "releases": "versions"}


def difference(old: Content | None, new: Content) -> str:
    """Lines that went begin with "− ", lines that came with "+ ", what stayed between them with
    two blanks; empty when nothing is different."""
    if old is None:
        return ""
    lines = [*_facts(old, new), *_lines(old.body.splitlines(), new.body.splitlines())]
    return "\n".join(lines)


def changed_lines(old: Content, new: Content) -> tuple[int, int]:
    """How many lines came and went."""
    told = difference(old, new).splitlines()
    return sum(line.startswith("+ ") for line in told), sum(line.startswith("− ") for line in told)


def _facts(old: Content, new: Content) -> Iterator[str]:
    before, after = ({"title": c.title, **c.facts} for c in (old, new))
    for name, value in after.items():
        if before[name] != value:
            label = _NAMES.get(name, name)
            yield f"− {label}: {_said(before[name])}"
            yield f"+ {label}: {_said(value)}"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) or "nothing"


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for at, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if at:
            yield "  …"
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                yield from (f"  {line}" for line in old[old_from:old_to])
                continue
            yield from (f"− {line}" for line in old[old_from:old_to])
            yield from (f"+ {line}" for line in new[new_from:new_to])
