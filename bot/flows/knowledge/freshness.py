"""How fresh an article is, in words; pure."""

from datetime import date

_YEAR, _MONTH = 365, 30


def age(on: str, today: date) -> str:
    """ "reviewed 3 months ago", by whole units; an article that nobody reviewed says so."""
    if not on:
        return "never reviewed"
    days = (today - date.fromisoformat(on)).days
    if days < 1:
        return "reviewed today"
    for size, unit in ((_YEAR, "year"), (_MONTH, "month"), (1, "day")):
        if count := days // size:
            return f"reviewed {count} {unit}{'s' if count > 1 else ''} ago"
    return "reviewed today"
