"""The customer's side and the agents' own screen, for the page, the tests and the harness."""

from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox.helpdesk.desk import Change, HelpDesk, Invalid
from sandbox.helpdesk.records import Comment, Ticket


def routes(desk: HelpDesk) -> list[BaseRoute]:
    async def tickets(request: Request) -> Response:
        newest = sorted(desk.tickets.values(), key=lambda row: row.updated, reverse=True)
        return JSONResponse({"tickets": [_summary(row) for row in newest]})

    async def ticket(request: Request) -> Response:
        found = desk.tickets.get(request.path_params["id"])
        if found is None:
            return JSONResponse({"error": "no such ticket"}, 404)
        public = [_seen(comment) for comment in found.comments if comment.public]
        return JSONResponse({**_summary(found), "messages": public})

    async def people(request: Request) -> Response:
        rows = [row for row in desk.directory.users.values() if not row.is_staff]
        shown = [{"id": row.external_id, "name": row.name, "email": row.email} for row in rows]
        return JSONResponse({"customers": shown})

    async def stream(request: Request) -> Response:
        return StreamingResponse(
            desk.stream.listen(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def deliveries(request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return JSONResponse({"deliveries": [row for row in desk.sender.log if row["n"] > since]})

    return [
        Route("/sandbox/helpdesk/tickets", tickets, methods=["GET"]),
        Route("/sandbox/helpdesk/tickets/{id:int}", ticket, methods=["GET"]),
        Route("/sandbox/helpdesk/customers", people, methods=["GET"]),
        Route("/sandbox/helpdesk/stream", stream, methods=["GET"]),
        Route("/sandbox/helpdesk/deliveries", deliveries, methods=["GET"]),
        Route("/sandbox/helpdesk/customer", _posting(desk, customer_writes), methods=["POST"]),
        Route("/sandbox/helpdesk/agent", _posting(desk, agent_changes), methods=["POST"]),
    ]


def _posting(desk: HelpDesk, handler: Any) -> Any:
    async def endpoint(request: Request) -> Response:
        try:
            ticket: Ticket = handler(desk, await request.json())
        except (Invalid, JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            return JSONResponse({"ok": False, "error": str(error)}, 400)
        return JSONResponse({"ok": True, "ticket": ticket.id, "status": ticket.status})

    return endpoint


def customer_writes(desk: HelpDesk, body: dict[str, Any]) -> Ticket:
    """A customer goes on with `ticket`, or opens one; `organization` is an account's id."""
    text = str(body["body"])
    if not text.strip():
        raise Invalid("The message is empty")
    author = desk.directory.customer(
        body["email"], body.get("name") or "", body.get("organization")
    )
    if body.get("ticket") is not None:
        return desk.customer_writes(_known(desk, body["ticket"]), text, author)
    change = Change(
        text=text, tags=body.get("tags") or (), custom=body.get("custom") or {}, via="web"
    )
    return desk.open_ticket(
        author,
        str(body.get("subject") or ""),
        change,
        channel=str(body.get("channel") or "web"),
        external_id=body.get("external_id"),
    )


def agent_changes(desk: HelpDesk, body: dict[str, Any]) -> Ticket:
    """Somebody works in the help desk itself; `as` and `assignee` are agents' addresses, and
    `requester` is a customer's. `removed` is `spam` or `deleted`, or False to get it back."""
    actor = _agent(desk, body.get("as") or "agent@helpdesk.example")
    if body.get("removed") is False:
        return desk.restore(int(body["ticket"]), actor)
    ticket = _known(desk, body["ticket"])
    if body.get("removed"):
        desk.remove(ticket, actor, is_spam=body["removed"] == "spam")
        return ticket
    change = Change(
        status=body.get("status"),
        priority=body.get("priority"),
        tags=body.get("tags"),
        assignee=_agent(desk, body["assignee"]) if body.get("assignee") else None,
        requester=desk.directory.customer(body["requester"]) if body.get("requester") else None,
        text=str(body.get("comment") or ""),
        public=bool(body.get("public", False)),
        via="web",
    )
    desk.change(ticket, actor, change)
    return ticket


def _known(desk: HelpDesk, wanted: Any) -> Ticket:
    ticket = desk.tickets.get(int(wanted)) if str(wanted).isdecimal() else None
    if ticket is None:
        raise Invalid("There is no such ticket")
    return ticket


def _agent(desk: HelpDesk, email: str) -> Any:
    known = desk.directory.by_email(email)
    if known is None:
        return desk.directory.add_user(email.partition("@")[0].title(), email, "agent")
    if not known.is_staff:
        raise Invalid("This person is not an agent")
    return known


def _summary(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "external_id": ticket.external_id,
        "subject": ticket.subject,
        "status": ticket.status,
        "priority": ticket.priority,
        "assignee": ticket.assignee.name if ticket.assignee else None,
        "tags": ticket.tags,
        "customer": {
            "id": ticket.requester.external_id,
            "name": ticket.requester.name,
            "email": ticket.requester.email,
        },
        "created": ticket.created,
        "updated": ticket.updated,
    }


def _seen(comment: Comment) -> dict[str, Any]:
    """`metadata` is in no mail to a customer; the harness counts messages by it."""
    return {
        "id": comment.id,
        "from": comment.author.name,
        "is_staff": comment.author.is_staff,
        "text": comment.text,
        "at": comment.at,
        "metadata": comment.metadata,
    }
