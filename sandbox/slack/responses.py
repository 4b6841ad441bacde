"""What the app says back to a gesture: through a response url, or in the answer to a command."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.slack import messages
from sandbox.slack.blocks import check_message_blocks, name_parts
from sandbox.slack.channels import Channel
from sandbox.slack.errors import ApiError
from sandbox.slack.people import Json
from sandbox.slack.triggers import ResponseUrl
from sandbox.slack.workspace import Workspace

NOT_THERE = {"invalid_url", "expired_url", "used_url", "channel_not_found", "message_not_found"}


def content_of(answer: Json) -> Json:
    """text and blocks of an answer, checked; ApiError as for a post."""
    content: Json = {"text": str(answer.get("text") or "")}
    if answer.get("blocks") is not None:
        check_message_blocks(answer["blocks"])
        content["blocks"] = name_parts(answer["blocks"])
    return content


def answer_in(workspace: Workspace, channel: Channel, user: str, answer: Json) -> Json | None:
    """Shows a new message, to `user` alone unless response_type is in_channel."""
    content = content_of(answer)
    if not (content["text"] or content.get("blocks")):
        raise ApiError("no_text")
    message = {**messages.from_bot(workspace, content["text"]), **content}
    if root := answer.get("thread_ts"):
        message["thread_ts"] = str(root)
    if answer.get("response_type") == "in_channel":
        messages.post(workspace, channel, message)
    else:
        messages.whisper(workspace, channel, user, message)
    return message


def respond(workspace: Workspace, token: str, answer: Json) -> None:
    """One use of a response url; ApiError when Slack would refuse it."""
    url = workspace.response_urls.redeem(token)
    channel = workspace.channels.get(url.channel)
    if channel is None:
        raise ApiError("channel_not_found")
    if answer.get("delete_original"):
        _take_back(workspace, channel, url)
    elif answer.get("replace_original") and url.ts is not None:
        _replace(workspace, channel, url, answer)
    else:
        answer_in(workspace, channel, url.user, answer)


def _replace(workspace: Workspace, channel: Channel, url: ResponseUrl, answer: Json) -> None:
    """Unlike chat.update, what the answer leaves out is gone."""
    content = content_of(answer)
    changes = {"blocks": None, **content}
    message = _original(channel, url)
    if not url.ephemeral:
        messages.edit(workspace, channel, message, changes)
        return
    message.update(content)
    if "blocks" not in content:
        message.pop("blocks", None)
    news = {"kind": "changed", "channel": channel.id, "thread": message.get("thread_ts")}
    workspace.feed.tell([url.user], {**news, "message": {**message, "ephemeral": True}})


def _take_back(workspace: Workspace, channel: Channel, url: ResponseUrl) -> None:
    message = _original(channel, url)
    if not url.ephemeral:
        messages.remove(workspace, channel, message["ts"])
        return
    channel.drop_ephemeral(url.user, message["ts"])
    news = {"kind": "deleted", "channel": channel.id, "thread": message.get("thread_ts")}
    workspace.feed.tell([url.user], {**news, "message": {**message, "ephemeral": True}})


def _original(channel: Channel, url: ResponseUrl) -> Json:
    ts = url.ts or ""
    message = channel.ephemeral(url.user, ts) if url.ephemeral else channel.messages.get(ts)
    if message is None:
        raise ApiError("message_not_found")
    return message


def _read(raw: bytes) -> Json:
    answer = json.loads(raw)
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer


class ResponseDoor:
    """POST /response/{token}."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def post(self, request: Request) -> Response:
        workspace = self._workspace
        if workspace.faults.down:
            return PlainTextResponse("service unavailable", 503)
        answer: Json = {}
        try:
            answer = _read(await request.body())
            respond(workspace, request.path_params["token"], answer)
        except ApiError as error:
            workspace.journal.call("response_url", answer, error.error)
            status = 404 if error.error in NOT_THERE else 400
            return JSONResponse({"ok": False, "error": error.error}, status)
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
        workspace.journal.call("response_url", answer, None)
        return PlainTextResponse("ok")
