"""Socket Mode: envelopes, acknowledgements, refreshes."""

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from tests.sandbox.slack.sockets import bare_client, new_url, sdk_client, until
from tests.sandbox.slack.stage import Stage, modal


@pytest.fixture
def socketed(stage: Stage) -> Stage:
    """The stage, delivering to sockets, with retries at once."""
    stage.workspace.delivery = "socket"
    stage.workspace.timing.retry_delays_s = (0.0, 0.01, 0.02)
    return stage


def test_each_envelope_goes_to_exactly_one_connection(socketed: Stage) -> None:
    """Of three open connections one gets a click, by chance; no click comes twice."""

    async def play() -> list[int]:
        async with AsyncExitStack() as stack:
            clients = [await stack.enter_async_context(sdk_client(socketed)) for _ in range(3)]
            await until(lambda: len(socketed.workspace.sockets.connections) == 3)
            ts = await asyncio.to_thread(socketed.post_card)
            for _ in range(20):
                assert (await asyncio.to_thread(socketed.click, "U1", ts))["ok"]
            requests = [
                [one for one in drained(client.seen) if one.type == "interactive"]
                for client in clients
            ]
            assert len({one.envelope_id for mine in requests for one in mine}) == 20
            return [len(mine) for mine in requests]

    counts = asyncio.run(play())

    assert (sum(counts), all(counts)) == (20, True)


def drained(queue: "asyncio.Queue[SocketModeRequest]") -> list[SocketModeRequest]:
    return [queue.get_nowait() for _ in range(queue.qsize())]


def test_an_event_not_acknowledged_comes_again(socketed: Stage) -> None:
    """The second envelope is another one, carries the same event, and says it is a retry."""
    socketed.workspace.timing.ack_s = 0.05

    async def play() -> None:
        async with bare_client(socketed) as bare:
            hello = await bare.next()
            assert hello is not None
            assert hello["type"] == "hello"
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="Hello")
            first, second = await bare.next(), await bare.next()
            assert first is not None
            assert second is not None
            await bare.acknowledge(second)
            assert first["payload"]["event_id"] == second["payload"]["event_id"]
            assert first["envelope_id"] != second["envelope_id"]
            assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
            assert second["retry_reason"] == "timeout"
            assert not first["accepts_response_payload"]
            await until(lambda: socketed.workspace.deliveries.pending == 0)

    asyncio.run(play())


def test_a_click_not_acknowledged_times_out_and_does_not_come_again(socketed: Stage) -> None:
    """Socket Mode keeps the rule: interactions are delivered once."""
    socketed.workspace.timing.ack_s = 0.05

    async def play() -> None:
        async with bare_client(socketed) as bare:
            await bare.next()
            ts = await asyncio.to_thread(socketed.post_card)
            posted = await bare.next()
            assert posted is not None
            await bare.acknowledge(posted)
            answer = await asyncio.to_thread(socketed.click, "U1", ts)
            assert answer["error"] == "Slack: that didn't work (timeout)"
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="After")
            seen = [await bare.next(), await bare.next()]
            assert [one and one["type"] for one in seen] == ["interactive", "events_api"]

    asyncio.run(play())


def test_commands_and_submissions_are_answered_in_the_acknowledgement(socketed: Stage) -> None:
    """They accept a payload; a click does not."""

    async def play() -> None:
        async with sdk_client(socketed, {"text": "One article"}) as client:
            answer = await asyncio.to_thread(
                socketed.do, "U1", "command", channel="C1", command="/kb", text="refunds"
            )
            assert answer["reply"]["text"] == "One article"
            assert (await client.next()).accepts_response_payload
            ts = await asyncio.to_thread(socketed.post_card)
            await asyncio.to_thread(socketed.click, "U1", ts)
            requests = [await client.next(), await client.next()]
            click = next(one for one in requests if one.type == "interactive")
            assert not click.accepts_response_payload
            trigger = click.payload["trigger_id"]
            await asyncio.to_thread(
                socketed.call, "views.open", trigger_id=trigger, view=modal(blocks=[])
            )
            view = socketed.workspace.views.top("U1")
            assert view is not None
            await asyncio.to_thread(socketed.do, "U1", "submit", view_id=view["id"])
            assert (await client.next()).accepts_response_payload

    asyncio.run(play())


def test_connections_are_warned_then_told_to_refresh(socketed: Stage) -> None:
    """A warned connection gets nothing more while a fresh one is open."""
    socketed.workspace.timing.warning_s = 0.2

    async def play() -> None:
        async with bare_client(socketed) as old:
            await old.next()
            socketed.workspace.faults.refresh_sockets = True
            warning = await old.next()
            async with bare_client(socketed) as fresh:
                await fresh.next()
                await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="Hello")
                event = await fresh.next()
                refresh, end = await old.next(), await old.next()
            assert event is not None
            assert event["type"] == "events_api"
            assert warning is not None
            assert refresh is not None
            assert (warning["type"], warning["reason"]) == ("disconnect", "warning")
            assert (refresh["reason"], end) == ("refresh_requested", None)

    asyncio.run(play())


def test_the_sdk_client_survives_a_refresh(socketed: Stage) -> None:
    """After a refresh the real client is back and gets the next click."""
    socketed.workspace.timing.warning_s = 0.01

    async def play() -> None:
        async with sdk_client(socketed) as client:
            before = socketed.workspace.sockets.connections[0]
            socketed.workspace.faults.refresh_sockets = True
            connections = socketed.workspace.sockets.connections
            await until(lambda: connections and before not in connections)
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="Hello")
            assert (await client.next()).payload["event"]["text"] == "Hello"

    asyncio.run(play())


def test_the_eleventh_connection_is_turned_away(socketed: Stage) -> None:
    """Ten may be open at once."""

    async def play() -> None:
        async with AsyncExitStack() as stack:
            urls = [new_url(socketed) for _ in range(10)]
            urls.append(f"{urls[0].split('=')[0]}={socketed.workspace.sockets.issue_ticket()}")
            bares = [await stack.enter_async_context(bare_client(socketed, url)) for url in urls]
            greetings = [await bare.next() for bare in bares]
            assert [one and one["type"] for one in greetings] == ["hello"] * 10 + ["disconnect"]
            assert greetings[10] is not None
            assert greetings[10]["reason"] == "too_many_websockets"

    asyncio.run(play())


def test_a_ticket_connects_once(socketed: Stage) -> None:
    """A used or invented ticket opens nothing."""

    async def play() -> None:
        url = await asyncio.to_thread(new_url, socketed)
        async with bare_client(socketed, url) as bare:
            await bare.next()
        for bad in (url, f"{url}x"):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                async with bare_client(socketed, bad):
                    pass

    asyncio.run(play())


@pytest.mark.parametrize(("fault", "arrives"), [("cut_envelope", False), ("drop_ack", True)])
def test_a_socket_closed_in_mid_envelope_costs_a_redelivery(
    socketed: Stage, fault: str, arrives: bool
) -> None:
    """Cut in the frame nothing arrives, cut before the acknowledgement it does; both come again."""

    async def play() -> None:
        async with bare_client(socketed) as bare:
            await bare.next()
            socketed.workspace.timing.retry_delays_s = (0.05,) * 50
            setattr(socketed.workspace.faults, fault, 1.0)
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="Hello")
            first = await bare.next()
            assert (first is not None) is arrives
        setattr(socketed.workspace.faults, fault, 0.0)
        async with bare_client(socketed) as bare:
            await bare.next()
            again = await bare.next()
            assert again is not None
            assert again["payload"]["event"]["text"] == "Hello"
            assert again["retry_attempt"] >= 1
            await bare.acknowledge(again)

    asyncio.run(play())


def test_without_a_connection_a_click_fails_at_once(socketed: Stage) -> None:
    """Nobody is there to take it."""
    ts = socketed.post_card()

    assert socketed.click("U1", ts)["error"] == "Slack: that didn't work (no_connection)"


def test_delivery_may_be_switched_while_running(socketed: Stage) -> None:
    """The same app gets one event by socket and the next by HTTP."""

    async def play() -> None:
        async with sdk_client(socketed) as client:
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="By socket")
            assert (await client.next()).payload["event"]["text"] == "By socket"
            socketed.http.post("/sandbox/slack/settings", json={"delivery": "http"})
            await asyncio.to_thread(socketed.do, "U1", "post", channel="C1", text="By HTTP")

    asyncio.run(play())

    assert socketed.bot.next_event("message")["text"] == "By HTTP"
