"""POST /sandbox/slack/do: one door for everything a person does."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.slack.errors import SeatError
from sandbox.slack.people import Json, Person
from sandbox.slack.seat import administration, clicking, modals, speaking
from sandbox.slack.seat.reading import seated
from sandbox.slack.workspace import Workspace

Act = Callable[[Workspace, Person, Json], Awaitable[Json]]

ACTS: dict[str, Act] = {
    "post": speaking.post,
    "edit": speaking.edit,
    "delete": speaking.delete,
    "read": speaking.read,
    "command": speaking.command,
    "open_home": speaking.open_home,
    "click": clicking.click,
    "select": clicking.click,
    "overflow": clicking.click,
    "shortcut": clicking.use_shortcut,
    "submit": modals.submit,
    "close": modals.close,
    "join": administration.join,
    "leave": administration.leave,
    "archive": administration.archive,
    "delete_channel": administration.delete_channel,
    "share": administration.share,
    "change_person": administration.change_person,
}


class Facts(Json):
    """The fields of an act; asking for one that was not sent is the sender's mistake."""

    def __missing__(self, key: str) -> Any:
        raise SeatError(f"The act lacks {key!r}.")


class Acting:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def do(self, request: Request) -> Response:
        try:
            return JSONResponse(await self._perform(Facts(await request.json())))
        except SeatError as error:
            return JSONResponse({"ok": False, "error": str(error)})
        except ValueError:
            return JSONResponse({"ok": False, "error": "The act is not JSON."}, 400)

    async def _perform(self, act: Json) -> Json:
        person = seated(self._workspace, act["as"])
        if person.deleted:
            raise SeatError("This account is deactivated.")
        perform = ACTS.get(act["act"])
        if perform is None:
            raise SeatError(f"There is no act {act['act']}.")
        return await perform(self._workspace, person, act)
