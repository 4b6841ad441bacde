"""Stripe's lists: newest first, by cursor, at most 100 on a page."""

from typing import Any

from sandbox.payments import forms, problems

_COMMON = ("created", "customer", "charge", "payment_intent", "limit", "starting_after")
_BOUNDS = {
    "gt": lambda at, bound: at > bound,
    "gte": lambda at, bound: at >= bound,
    "lt": lambda at, bound: at < bound,
    "lte": lambda at, bound: at <= bound,
}


def page_of(
    rows: list[dict[str, Any]], params: forms.Params, url: str, kind: str
) -> dict[str, Any]:
    """Return one page; `rows` come in the order of their making."""
    forms.closed(params, (*_COMMON, "ending_before"))
    limit = forms.positive(params, "limit", most=100) or 10
    newest = _created_within(list(reversed(rows)), params)
    newest.sort(key=lambda row: row["created"], reverse=True)
    ids = [row["id"] for row in newest]
    after = forms.text(params, "starting_after")
    before = forms.text(params, "ending_before")
    if after is not None:
        start = _position(ids, after, kind, "starting_after") + 1
        end = start + limit
    elif before is not None:
        end = _position(ids, before, kind, "ending_before")
        start = max(0, end - limit)
    else:
        start, end = 0, limit
    has_more = start > 0 if before is not None else end < len(newest)
    return {"object": "list", "data": newest[start:end], "has_more": has_more, "url": url}


def _position(ids: list[str], wanted: str, kind: str, param: str) -> int:
    if wanted not in ids:
        raise problems.missing(kind, wanted, param)
    return ids.index(wanted)


def _created_within(rows: list[dict[str, Any]], params: forms.Params) -> list[dict[str, Any]]:
    created = params.get("created", {})
    if not isinstance(created, dict):
        exact = forms.positive(params, "created", most=10**12)
        return [row for row in rows if row["created"] == exact]
    for bound in created:
        if bound not in _BOUNDS:
            raise problems.bad_parameter(
                f"created[{bound}]", "parameter_unknown", f"Unknown parameter: created[{bound}]"
            )
        value = forms.positive(created, bound, most=10**12)
        rows = [row for row in rows if _BOUNDS[bound](row["created"], value)]
    return rows
