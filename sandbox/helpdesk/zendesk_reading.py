"""The part of Zendesk's API that only reads."""

from typing import Any

from sandbox.helpdesk import zendesk_shapes
from sandbox.helpdesk.gate import Call, Refusal
from sandbox.helpdesk.records import STATUSES, Organization, Ticket, User


def not_found() -> Refusal:
    return Refusal(404, {"error": "RecordNotFound", "description": "Not found"})


def base_of(call: Call) -> str:
    return f"{call.request.base_url}zendesk/api/v2"


def find_ticket(call: Call) -> Ticket:
    ticket = call.desk.tickets.get(int(call.path("id")))
    if ticket is None:
        raise not_found()
    return ticket


def find_user(call: Call, wanted: Any) -> User:
    known = call.desk.directory.users
    if not str(wanted).isdecimal() or int(wanted) not in known:
        raise not_found()
    return known[int(wanted)]


def comments(call: Call) -> dict[str, Any]:
    rows = [zendesk_shapes.comment_body(comment) for comment in find_ticket(call).comments]
    return zendesk_shapes.page_of(call, "comments", _ordered(call, rows))


def audits(call: Call) -> dict[str, Any]:
    rows = [zendesk_shapes.audit_body(audit) for audit in find_ticket(call).audits]
    return zendesk_shapes.page_of(call, "audits", _ordered(call, rows))


def _ordered(call: Call, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = call.query("sort_order") or call.query("sort", "asc")
    return rows[::-1] if order in ("desc", "-created_at") else rows


def me(call: Call) -> dict[str, Any]:
    return {"user": zendesk_shapes.user_body(call.actor, base_of(call))}


def user(call: Call) -> dict[str, Any]:
    found = find_user(call, call.path("id"))
    return {"user": zendesk_shapes.user_body(found, base_of(call))}


def users(call: Call) -> dict[str, Any]:
    """`role` narrows the list, as in `?role=end-user`."""
    roles = call.request.query_params.getlist("role") + call.request.query_params.getlist("role[]")
    rows = [row for row in call.desk.directory.users.values() if not roles or row.role in roles]
    return _page_of_users(call, rows)


def many_users(call: Call) -> dict[str, Any]:
    wanted = [number for number in call.query("ids").split(",") if number.isdecimal()]
    if len(wanted) > 100:
        raise Refusal(400, {"error": "TooManyValues", "description": "at most 100 ids"})
    known = call.desk.directory.users
    return _page_of_users(call, [known[int(each)] for each in wanted if int(each) in known])


def search_users(call: Call) -> dict[str, Any]:
    """By `external_id`, or by `query` with `email:` or part of a name."""
    people = call.desk.directory
    external, query = call.query("external_id"), call.query("query")
    if external:
        one = people.by_external_id(external)
        return _page_of_users(call, [one] if one else [])
    if query.startswith("email:"):
        one = people.by_email(query.removeprefix("email:").strip('"'))
        return _page_of_users(call, [one] if one else [])
    words = query.lower()
    rows = [row for row in people.users.values() if words in f"{row.name} {row.email}".lower()]
    return _page_of_users(call, rows)


def _page_of_users(call: Call, rows: list[User]) -> dict[str, Any]:
    shown = [zendesk_shapes.user_body(row, base_of(call)) for row in rows]
    return zendesk_shapes.page_of(call, "users", shown)


def organization(call: Call) -> dict[str, Any]:
    found = call.desk.directory.organizations.get(int(call.path("id")))
    if found is None:
        raise not_found()
    return {"organization": _organization(call, found)}


def organizations(call: Call) -> dict[str, Any]:
    rows = [_organization(call, row) for row in call.desk.directory.organizations.values()]
    return zendesk_shapes.page_of(call, "organizations", rows)


def _organization(call: Call, row: Organization) -> dict[str, Any]:
    return zendesk_shapes.organization_body(row, base_of(call))


def articles(call: Call) -> dict[str, Any]:
    """Without a locale every article, with one those in its language."""
    locale = call.request.path_params.get("locale", "").partition("-")[0]
    wanted = set(filter(None, call.query("label_names").split(",")))
    rows = [
        zendesk_shapes.article_body(article)
        for article in call.desk.directory.articles.values()
        if (not locale or article.language.partition("-")[0] == locale)
        and wanted <= set(article.tags)
    ]
    return zendesk_shapes.page_of(call, "articles", rows)


def search_tickets(call: Call) -> dict[str, Any]:
    """Only `status<STATUS`, by the order in which Zendesk counts them."""
    field, _, wanted = call.query("query").partition("<")
    if (field, call.query("filter[type]")) != ("status", "ticket") or wanted not in STATUSES:
        raise Refusal(422, {"error": "invalid", "description": "The query is not understood"})
    below = STATUSES[: STATUSES.index(wanted)]
    rows = [
        zendesk_shapes.ticket_body(ticket, base_of(call))
        for ticket in list(call.desk.tickets.values())
        if ticket.status in below
    ]
    return zendesk_shapes.page_of(call, "results", rows)


def _exported(ticket: Ticket, call: Call) -> dict[str, Any]:
    body = zendesk_shapes.ticket_body(ticket, base_of(call))
    return body | {"status": "deleted"} if ticket.id in call.desk.bin else body


def export(call: Call) -> dict[str, Any]:
    """Tickets by time of change, those in the bin too; whatever changed in the last minute is not
    in it yet."""
    desk = call.desk
    if cursor := call.query("cursor"):
        updated, last = zendesk_shapes.read_cursor(cursor)
        position = (float(updated), int(last))
    else:
        start = call.query("start_time")
        if not start.isdecimal():
            raise Refusal(400, {"error": "InvalidValue", "description": "start_time is needed"})
        if int(start) > desk.now() - desk.export_lag:
            raise Refusal(400, {"error": "StartTimeTooRecent", "description": "start_time"})
        position = (float(start), -1)
    until = desk.now() - desk.export_lag
    changed = sorted(
        (one for one in [*desk.tickets.values(), *desk.bin.values()] if one.updated <= until),
        key=lambda ticket: (ticket.updated, ticket.id),
    )
    rest = [ticket for ticket in changed if (ticket.updated, ticket.id) > position]
    size = min(int(call.query("per_page", "1000")), 1000)
    page = rest[:size]
    if page:
        position = (page[-1].updated, page[-1].id)
    after = zendesk_shapes.write_cursor(repr(position[0]), str(position[1]))
    url = f"{base_of(call)}/incremental/tickets/cursor.json?cursor={after}"
    return {
        "tickets": [_exported(ticket, call) for ticket in page],
        "after_cursor": after,
        "after_url": url,
        "before_cursor": None,
        "before_url": None,
        "end_of_stream": len(page) == len(rest),
    }
