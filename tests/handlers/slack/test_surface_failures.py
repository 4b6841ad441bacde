"""Every way in which Slack does not say yes, and what may happen next."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from bot.cards import Card
from bot.errors import OutcomeUnknown, OutsideError, Refused, TryLater
from bot.handlers.slack.failures import ShutOut
from bot.handlers.slack.pace import Pacer
from bot.handlers.slack.surface import SlackSurface, web_client
from bot.ports import Place
from tests.handlers.slack.test_surface import CARD, DONE, calls, now
from tests.sandbox.slack.stage import Stage


def posting(surface: SlackSurface) -> object:
    return surface.post("C1", CARD, marker="delivery-1")


def redrawing(surface: SlackSurface) -> None:
    surface.update(Place("slack", "C1", "1.0"), DONE)


def whispering(surface: SlackSurface) -> None:
    surface.whisper("C1", "U1", "Bo was faster.")


def looking(surface: SlackSurface) -> object:
    return surface.find("C1", "delivery-1", since=now())


REPEATABLE: list[Callable[[SlackSurface], Any]] = [redrawing, whispering, looking]


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A server that says the same to everything."""

    class Parrot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests are silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Parrot) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


def surface_at(url: str) -> SlackSurface:
    return SlackSurface(web_client("xoxb-test", url, timeout_s=1), Pacer())


@pytest.mark.parametrize(
    ("channel", "code"),
    [("C9", "channel_not_found"), ("C2", "not_in_channel"), ("C3", "is_archived")],
)
def test_a_channel_that_takes_no_posts_is_a_definite_no(
    surface: SlackSurface, channel: str, code: str
) -> None:
    """Nothing was posted and repeating it would change nothing."""
    with pytest.raises(Refused) as refusal:
        surface.post(channel, CARD, marker="delivery-1")
    assert refusal.value.code == code


def test_a_message_that_is_gone_is_a_definite_no(stage: Stage, surface: SlackSurface) -> None:
    """Somebody deleted it."""
    with pytest.raises(Refused) as refusal:
        redrawing(surface)
    assert refusal.value.code == "message_not_found"


def test_a_message_of_somebody_else_is_a_definite_no(stage: Stage, surface: SlackSurface) -> None:
    """Only our own posts are redrawn."""
    stage.do("U1", "post", channel="C1", text="hello")
    (message,) = stage.see("U1", "C1")
    with pytest.raises(Refused) as refusal:
        surface.update(Place("slack", "C1", message["ts"]), DONE)
    assert refusal.value.code == "cant_update_message"


def test_who_is_shut_out_waits_until_an_administrator_has_acted(stage: Stage) -> None:
    """The post is as good as before: it is kept, whatever is wrong with the token."""
    surface = SlackSurface(web_client("xoxb-wrong", f"{stage.url}/api/"), Pacer())
    with pytest.raises(ShutOut, match="invalid_auth") as later:
        posting(surface)
    assert later.value.retry_after == 60


def test_a_missing_scope_waits_too_and_holds_nothing_else_back(
    stage: Stage, quick_surface: SlackSurface
) -> None:
    """Other than after a 429, the next call is made at once."""
    stage.workspace.faults.missing_scopes = ["chat:write"]
    with pytest.raises(ShutOut, match="missing_scope"):
        posting(quick_surface)
    stage.workspace.faults.missing_scopes = []
    posting(quick_surface)


def test_a_rate_limit_says_when_to_come_back_and_is_kept(
    stage: Stage, surface: SlackSurface
) -> None:
    """After a 429 nothing is sent to that channel until the time Slack named."""
    stage.workspace.faults.ratelimited = True
    stage.workspace.faults.retry_after_s = 30
    with pytest.raises(TryLater) as later:
        posting(surface)
    assert later.value.retry_after == 30
    with pytest.raises(TryLater) as paced:
        posting(surface)
    assert 29 <= (paced.value.retry_after or 0) <= 30
    assert len(calls(stage, "chat.postMessage")) == 1


def test_our_own_pace_is_kept_before_slack_has_to_say_so(
    stage: Stage, surface: SlackSurface
) -> None:
    """What goes beyond a message a second is rescheduled, not sent."""
    sent = 0
    with pytest.raises(TryLater):
        for sent in range(10):
            surface.post("C1", CARD, marker=f"delivery-{sent}")
    assert len(calls(stage, "chat.postMessage")) == sent == 1
    assert stage.workspace.quotas.refused.total() == 0


@pytest.mark.parametrize("fault", ["error_500", "hang", "drop_after_commit"])
def test_a_post_without_an_answer_may_have_happened(
    stage: Stage, surface: SlackSurface, fault: str
) -> None:
    """The caller has to look before posting again."""
    stage.workspace.faults.hang_s = 2.0
    setattr(stage.workspace.faults, fault, 1.0)
    with pytest.raises(OutcomeUnknown):
        posting(surface)


@pytest.mark.parametrize("call", REPEATABLE)
def test_calls_that_may_be_made_twice_are_simply_repeated(
    stage: Stage, surface: SlackSurface, call: Callable[[SlackSurface], Any]
) -> None:
    """Redrawing, whispering and looking do no harm a second time."""
    stage.workspace.faults.down = True
    with pytest.raises(TryLater):
        call(surface)


@pytest.mark.parametrize("call", [posting, *REPEATABLE])
def test_when_nobody_listens_nothing_happened(call: Callable[[SlackSurface], Any]) -> None:
    """A refused connection carried no post."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TryLater):
        call(surface_at(f"http://127.0.0.1:{port}/api/"))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>a proxy</html>"),
        (200, b"[1, 2]"),
        (200, b'"ok"'),
        (200, b""),
        (200, b"\xff\xfe"),
        (200, b'{"ok": true}'),
        (200, b'{"ok": false}'),
        (200, b'{"ok": false, "error": 7}'),
        (200, b'{"ok": false, "error": "fatal_error"}'),
        (500, b'{"ok": false, "error": "internal_error"}'),
        (502, b"Bad gateway"),
    ],
)
def test_an_answer_that_cannot_be_read_leaves_a_post_unknown(status: int, body: bytes) -> None:
    """Only a readable no is a no."""
    with answering(status, body) as url, pytest.raises(OutcomeUnknown):
        posting(surface_at(url))


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b'{"ok": false, "error": "invalid_blocks"}', Refused),
        (200, b'{"ok": false, "error": "msg_too_long"}', Refused),
        (200, b'{"ok": false, "error": "token_revoked"}', TryLater),
        (200, b'{"ok": false, "error": "account_inactive"}', TryLater),
        (200, b'{"ok": false, "error": "rate_limited"}', TryLater),
        (200, b'{"ok": false, "error": "request_timeout"}', TryLater),
        (200, b'{"ok": false, "error": "update_failed"}', TryLater),
        (200, b'{"ok": false, "error": "external_channel_migrating"}', TryLater),
        (429, b'{"ok": false, "error": "ratelimited"}', TryLater),
        (429, b"slow down", TryLater),
    ],
)
def test_a_readable_no_says_what_may_happen_next(
    status: int, body: bytes, expected: type[OutsideError]
) -> None:
    """Never again, or later; in both cases nothing was posted."""
    with answering(status, body) as url, pytest.raises(expected):
        posting(surface_at(url))


def test_a_card_that_cannot_be_drawn_is_not_sent(stage: Stage, surface: SlackSurface) -> None:
    """A mistake of ours stays one, and is not taken for Slack's."""
    with pytest.raises(TypeError):
        surface.post("C1", Card("c", "t", "s", (object(),)), marker="m")  # type: ignore[arg-type]
    assert calls(stage, "chat.postMessage") == []
