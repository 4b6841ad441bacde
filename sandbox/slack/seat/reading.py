"""What a person sees: workspace, messages, Home, live changes, and the harness's journal."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.slack.channels import Channel
from sandbox.slack.errors import SeatError
from sandbox.slack.people import Json, Person
from sandbox.slack.workspace import Workspace

SHOWN = 300


def seated(workspace: Workspace, user: str) -> Person:
    person = workspace.people.get(user)
    if person is None:
        raise SeatError("There is no such person in this workspace.")
    return person


def channel_for(workspace: Workspace, person: Person, ident: str) -> Channel:
    channel = workspace.channels.get(ident)
    if channel is None or not workspace.may_see(person, channel):
        raise SeatError("This channel does not exist, or you are not in it.")
    return channel


class Reading:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def workspace(self, request: Request) -> Response:
        workspace = self._workspace
        person = seated(workspace, request.query_params.get("as", ""))
        if not (person.is_bot or person.deleted):
            workspace.direct_message(person.id)
        installed, app = workspace.installation, workspace.app
        commands = [
            {key: one.get(key, "") for key in ("command", "description", "usage_hint")}
            for one in installed.commands.values()
        ]
        shortcuts = [
            {key: one.get(key, "") for key in ("callback_id", "name", "type")}
            for one in installed.shortcuts.values()
        ]
        return JSONResponse(
            {
                "team": workspace.team,
                "me": person.to_seat(),
                "people": [one.to_seat() for one in workspace.people.values()],
                "channels": [
                    self._channel(person, one)
                    for one in workspace.channels.values()
                    if workspace.may_see(person, one)
                ],
                "commands": commands,
                "shortcuts": shortcuts,
                "apps": [{"user_id": app["bot_user_id"], "name": app["name"]}],
                "usergroups": [
                    {"id": one["id"], "handle": one.get("handle", "")}
                    for one in workspace.usergroups.values()
                ],
                "delivery": workspace.delivery,
                "quota_scale": workspace.quotas.scale,
            }
        )

    async def messages(self, request: Request) -> Response:
        person = seated(self._workspace, request.query_params.get("as", ""))
        channel = channel_for(self._workspace, person, request.query_params.get("channel", ""))
        root = request.query_params.get("thread")
        stamps = [root, *channel.threads.get(root, [])] if root else channel.timeline[-SHOWN:]
        kept = [channel.messages[ts] for ts in stamps if ts in channel.messages]
        shown = [{**one, "ephemeral": False} for one in kept]
        shown += [
            {**one, "ephemeral": True}
            for user, one in channel.ephemerals
            if user == person.id and one.get("thread_ts") == (root or None)
        ]
        shown.sort(key=lambda one: str(one["ts"]))
        return JSONResponse({"messages": shown})

    async def home(self, request: Request) -> Response:
        person = seated(self._workspace, request.query_params.get("as", ""))
        return JSONResponse({"view": self._workspace.views.home(person.id)})

    async def view(self, request: Request) -> Response:
        """The modal in front of the person, for a page that was reloaded."""
        person = seated(self._workspace, request.query_params.get("as", ""))
        return JSONResponse({"view": self._workspace.views.top(person.id)})

    async def stream(self, request: Request) -> Response:
        person = seated(self._workspace, request.query_params.get("as", ""))
        return StreamingResponse(
            self._workspace.feed.watch(person.id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    async def log(self, request: Request) -> Response:
        workspace = self._workspace
        since = int(request.query_params.get("since", "0"))
        return JSONResponse(
            {
                "log": workspace.journal.since(since),
                "last": workspace.journal.last,
                "quota_scale": workspace.quotas.scale,
                "refused_by_quota": dict(workspace.quotas.refused),
                "events_pending": workspace.deliveries.pending,
                "sockets": len(workspace.sockets.connections),
            }
        )

    async def settings(self, request: Request) -> Response:
        """GET shows, POST sets `quota_scale` and `delivery`."""
        workspace = self._workspace
        if request.method == "POST":
            wanted = await request.json()
            workspace.quotas.scale = float(wanted.get("quota_scale", workspace.quotas.scale))
            delivery = wanted.get("delivery", workspace.delivery)
            if delivery not in ("http", "socket"):
                raise SeatError("delivery is http or socket.")
            workspace.delivery = delivery
        shown = {"quota_scale": workspace.quotas.scale, "delivery": workspace.delivery}
        return JSONResponse(shown)

    def _channel(self, person: Person, channel: Channel) -> Json:
        name = self._workspace.app["name"] if channel.is_im else channel.name
        return {
            "id": channel.id,
            "name": name,
            "is_private": channel.is_private,
            "is_im": channel.is_im,
            "is_archived": channel.is_archived,
            "is_ext_shared": channel.is_ext_shared,
            "is_member": person.id in channel.members,
            "unread": channel.unread.get(person.id, 0),
            "mentions": channel.mentions.get(person.id, 0),
            "topic": channel.topic,
        }
