"""The part of Intercom's API that only reads."""

import operator
import uuid
from collections.abc import Callable
from typing import Any

from sandbox.helpdesk import intercom_shapes
from sandbox.helpdesk.gate import Call, Refusal
from sandbox.helpdesk.records import Ticket, User

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "~": lambda value, wanted: str(wanted).lower() in str(value).lower(),
}


def refusal(status: int, code: str, message: str) -> Refusal:
    request = uuid.uuid4().hex
    errors = [{"code": code, "message": message}]
    return Refusal(status, {"type": "error.list", "request_id": request, "errors": errors})


def find_ticket(call: Call) -> Ticket:
    number = call.path("id")
    ticket = call.desk.tickets.get(int(number)) if number.isdecimal() else None
    is_ticket = ticket is not None and ticket.id in call.desk.intercom_tickets
    if ticket is None or (is_ticket and "/conversations/" in call.request.url.path):
        raise refusal(404, "not_found", "Resource Not Found")
    return ticket


def find_contact(call: Call, wanted: str) -> User:
    for user in call.desk.directory.users.values():
        if not user.is_staff and intercom_shapes.contact_id(user) == wanted:
            return user
    raise refusal(404, "not_found", "User Not Found")


def me(call: Call) -> dict[str, Any]:
    author = intercom_shapes.author(call.actor)
    return {**author, "app": {"type": "app", "id_code": intercom_shapes.APP_ID}}


def conversation(call: Call) -> dict[str, Any]:
    is_plain = call.query("display_as") == "plaintext"
    return intercom_shapes.conversation_body(find_ticket(call), is_plain=is_plain)


def ticket(call: Call) -> dict[str, Any]:
    return intercom_shapes.ticket_body(find_ticket(call))


def conversations(call: Call) -> dict[str, Any]:
    rows = sorted(call.desk.tickets.values(), key=lambda row: row.updated, reverse=True)
    return _page(call, "conversations", rows, call.request.query_params)


def search_conversations(call: Call) -> dict[str, Any]:
    """Oldest change first, so that pages stay put while newer changes arrive."""
    known = {
        "updated_at": lambda row: int(row.updated),
        "created_at": lambda row: int(row.created),
        "state": lambda row: intercom_shapes.conversation_body(row)["state"],
        "contact_ids": lambda row: intercom_shapes.contact_id(row.requester),
    }
    test = _test(call.body.get("query"), known)
    tickets, others = call.desk.tickets.values(), call.desk.intercom_tickets
    rows = [row for row in tickets if row.id not in others and test(row)]
    rows.sort(key=lambda row: (row.updated, row.id))
    return _page(call, "conversations", rows, call.body.get("pagination") or {})


def _page(call: Call, name: str, rows: list[Ticket], wanted: Any) -> dict[str, Any]:
    """Lists show a conversation without its parts, as Intercom's do."""
    shown, pages = _paged(rows, wanted)
    bodies = [intercom_shapes.conversation_body(row) for row in shown]
    for body in bodies:
        del body["conversation_parts"]
    kind = f"{name[:-1]}.list"
    return {"type": kind, name: bodies, "total_count": len(rows), "pages": pages}


def _paged(rows: list[Any], wanted: Any) -> tuple[list[Any], dict[str, Any]]:
    size, start = str(wanted.get("per_page") or 20), str(wanted.get("starting_after") or 0)
    if not size.isdecimal() or not 1 <= int(size) <= 150 or not start.isdecimal():
        raise refusal(400, "parameter_invalid", "per_page is 1 to 150.")
    end = int(start) + int(size)
    following = {"per_page": int(size), "starting_after": str(end)} if end < len(rows) else None
    pages = {"type": "pages", "per_page": int(size), "total_pages": -(-len(rows) // int(size))}
    return rows[int(start) : end], {**pages, "next": following}


def _test(query: Any, known: dict[str, Callable[[Any], Any]]) -> Callable[[Any], bool]:
    """Build the condition of a search; AND and OR may hold a list of conditions."""
    if not isinstance(query, dict):
        raise refusal(400, "parameter_not_found", "query is needed.")
    compare, value = query.get("operator"), query.get("value")
    if compare in ("AND", "OR") and isinstance(value, list):
        tests = [_test(part, known) for part in value]
        every = all if compare == "AND" else any
        return lambda row: every(test(row) for test in tests)
    read, matches = known.get(str(query.get("field"))), _COMPARE.get(str(compare))
    if read is None or matches is None:
        raise refusal(400, "invalid_field", "No such field or operator.")
    return lambda row: matches(read(row), value)


def contacts(call: Call) -> dict[str, Any]:
    return _contacts(call, lambda row: True, call.request.query_params)


def search_contacts(call: Call) -> dict[str, Any]:
    known = {
        "email": lambda row: row.email,
        "name": lambda row: row.name,
        "external_id": lambda row: row.external_id,
    }
    test = _test(call.body.get("query"), known)
    return _contacts(call, test, call.body.get("pagination") or {})


def _contacts(call: Call, test: Callable[[User], bool], wanted: Any) -> dict[str, Any]:
    people = call.desk.directory.users.values()
    rows = [row for row in people if not row.is_staff and test(row)]
    shown, pages = _paged(rows, wanted)
    data = [_contact(call, row) for row in shown]
    return {"type": "list", "data": data, "total_count": len(rows), "pages": pages}


def contact(call: Call) -> dict[str, Any]:
    return _contact(call, find_contact(call, call.path("id")))


def _contact(call: Call, user: User) -> dict[str, Any]:
    home = call.desk.directory.organizations.get(user.organization or 0)
    return intercom_shapes.contact_body(user, home)


def articles(call: Call) -> dict[str, Any]:
    """Intercom numbers the pages of articles, where it has cursors elsewhere."""
    rows = list(call.desk.directory.articles.values())
    page, size = call.query("page", "1"), call.query("per_page", "15")
    if not page.isdecimal() or not size.isdecimal() or int(size) < 1:
        raise refusal(400, "parameter_invalid", "page and per_page are numbers.")
    start = (int(page) - 1) * int(size)
    data = [intercom_shapes.article_body(row) for row in rows[start : start + int(size)]]
    pages = {"type": "pages", "page": int(page), "total_pages": -(-len(rows) // int(size))}
    return {"type": "list", "data": data, "total_count": len(rows), "pages": pages}


def search_articles(call: Call) -> dict[str, Any]:
    words = call.query("phrase").lower()
    known = call.desk.directory.articles.values()
    rows = [row for row in known if words in f"{row.title} {row.html}".lower()]
    data = {"articles": [intercom_shapes.article_body(row) for row in rows]}
    return {"type": "list", "data": data, "total_count": len(rows)}


def article(call: Call) -> dict[str, Any]:
    number = call.path("id")
    found = call.desk.directory.articles.get(int(number)) if number.isdecimal() else None
    if found is None:
        raise refusal(404, "not_found", "Resource Not Found")
    return intercom_shapes.article_body(found)
