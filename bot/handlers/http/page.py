"""`/approve/TOKEN`: the act that a link leads to, and the decision about it; `/passkey/TOKEN`:
where a passkey is made.

A GET only looks, however often it comes: programs that read e-mail follow links by themselves. The
token stands in the path, so whoever posts there has had the link: a page of somebody else's, which
has no token, can post nothing.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

from bot import approval_commands as commands
from bot import enrolment_commands
from bot.bus import Bus
from bot.cards import Answer, Card, Form, FormErrors, Notice, Text
from bot.handlers.http.page_html import POLICY, card_page, form_page
from bot.people import Account, Standing
from bot.ports import Standings
from bot.words import storable

# Slack is asked about the account, and may be what is down.
ASKED_S = 5.0
MOST_FIELDS = 10
# What a device has signed is a few thousand letters of JSON.
LONGEST = 10_000
Decision = commands.GrantApproval | commands.RejectApproval | enrolment_commands.MakePasskey
Asking = Callable[[str], commands.FollowLink | enrolment_commands.FollowPasskeyLink]
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
}
_UNKNOWN = Card(
    "link-0",
    "This link leads nowhere",
    "",
    (Text(("It is not one of ours, or it was cut off on the way. Copy it whole.",)),),
)


def page_routes(bus: Bus, standings: Standings | None) -> list[BaseRoute]:
    def page(asking: Asking) -> Callable[[Request], Awaitable[HTMLResponse]]:
        async def answer(request: Request) -> HTMLResponse:
            asked = asking(str(request.path_params["token"]))
            found = await _ask(bus, asked)
            if request.method != "POST" or not isinstance(found, Form):
                return _shown(found)
            typed = _typed(await request.body())
            command = _command(found, typed, await _account(found, bus, standings))
            if command is None:
                return _shown(found, {}, typed)
            match await _ask(bus, command):
                case FormErrors() as wrong:
                    return _shown(await _ask(bus, asked), wrong.fields, typed)
                case Notice() as refusal:
                    return _said("Nothing was decided", refusal.text, 409)
                case None:
                    return _taken(command, await _ask(bus, asked))
            return _said("Nothing was decided", "Please open the link again.", 409)

        return answer

    return [
        Route("/approve/{token}", page(commands.FollowLink), methods=["GET", "POST"]),
        Route(
            "/passkey/{token}",
            page(enrolment_commands.FollowPasskeyLink),
            methods=["GET", "POST"],
        ),
    ]


async def _ask(
    bus: Bus, command: commands.ApprovalCommand | enrolment_commands.EnrolmentCommand
) -> Answer:
    return await asyncio.wrap_future(bus.submit(command))


async def _account(form: Form, bus: Bus, standings: Standings | None) -> Account:
    """Whom the link was sent to, with what their platform says of them; while it says nothing the
    core has its last word."""
    surface, user, workspace = (str(form.args[n]) for n in ("surface", "user", "workspace"))
    standing = Standing.UNKNOWN
    if standings is not None:
        asking = asyncio.to_thread(standings.of, user, workspace)
        with contextlib.suppress(TimeoutError):
            standing = await asyncio.wait_for(asking, ASKED_S)
    account = Account(surface, user, workspace, standing)
    await _ask(bus, commands.NoteStandings((account,)))
    return account


def _command(form: Form, typed: Mapping[str, str], by: Account) -> Decision | None:
    """What the form shows, decided by whoever proved themselves; None for no button of it."""
    if form.action == "passkey.make":
        token, answer = str(form.args["token"]), typed.get("code", "")
        return enrolment_commands.MakePasskey(by, token, answer)
    approval, version = int(form.args["approval"]), int(form.args["version"])
    digest, link = str(form.args["digest"]), int(form.args["link"])
    code = typed.get("code", "")
    match typed.get("do"):
        case "approval.grant":
            return commands.GrantApproval(by, approval, version, digest, "", "", code, link)
        case "approval.reject":
            reason = typed.get("reason", "")
            return commands.RejectApproval(by, approval, version, digest, reason, code, link)
    return None


def _typed(body: bytes) -> Mapping[str, str]:
    """Empty for what no browser sends."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: storable(value)[:LONGEST] for name, value in pairs}


def _shown(
    answer: Answer,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    match answer:
        case Form():
            zone = str(answer.args["time_zone"])
            status = 200 if errors is None else 422
            return HTMLResponse(form_page(answer, zone, errors, typed), status, _HEADERS)
        case Card():
            return HTMLResponse(card_page(answer), 410, _HEADERS)
        case Notice():
            return _said("You may not decide this", answer.text, 403)
    return HTMLResponse(card_page(_UNKNOWN), 404, _HEADERS)


def _taken(command: Decision, now: Answer) -> HTMLResponse:
    """Said by the row, as it stands after it."""
    match command:
        case commands.GrantApproval():
            title, told = "Approved", "Your approval is taken."
        case commands.RejectApproval():
            title, told = "Rejected", "Your rejection is taken."
        case _:
            title, told = "Your passkey is made", "An administrator asks you whether it was you."
    title = now.title if isinstance(now, Card) else title
    card = Card("link-0", title, "", (Text((told, " You can close this page.")),), "good")
    return HTMLResponse(card_page(card), 200, _HEADERS)


def _said(title: str, words: str, status: int) -> HTMLResponse:
    return HTMLResponse(card_page(Card("link-0", title, "", (Text((words,)),))), status, _HEADERS)
