"""Who the app is, and where its sockets are."""

from urllib.parse import urlsplit

from sandbox.slack.errors import ApiError
from sandbox.slack.methods.method import Method, required
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace


def auth_test(workspace: Workspace, args: Json) -> Json:
    app = workspace.app
    if args.get("token_kind") == "app":
        return {"app_name": app["name"], "app_id": app["id"]}
    return {
        "url": f"https://{workspace.team['domain']}.slack.com/",
        "team": workspace.team["name"],
        "user": app["name"].lower(),
        "team_id": workspace.team["id"],
        "user_id": app["bot_user_id"],
        "bot_id": app["bot_id"],
        "is_enterprise_install": False,
    }


def connections_open(workspace: Workspace, args: Json) -> Json:
    where = urlsplit(workspace.public_url).netloc
    return {"url": f"ws://{where}/link?ticket={workspace.sockets.issue_ticket()}"}


def team_info(workspace: Workspace, args: Json) -> Json:
    return {"team": {**workspace.team, "email_domain": "", "icon": {"image_default": True}}}


def bots_info(workspace: Workspace, args: Json) -> Json:
    app = workspace.app
    if required(args, "bot") != app["bot_id"]:
        raise ApiError("bot_not_found")
    bot = {"id": app["bot_id"], "deleted": False, "name": app["name"], "updated": 0}
    return {"bot": {**bot, "app_id": app["id"], "user_id": app["bot_user_id"], "icons": {}}}


METHODS = {
    "auth.test": Method(auth_test, None, token="any"),
    "apps.connections.open": Method(connections_open, 1, token="app"),
    "team.info": Method(team_info, 3, ("team:read",)),
    "bots.info": Method(bots_info, 3, ("users:read",)),
}
