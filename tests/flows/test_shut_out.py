"""Slack takes our token back, or a part of it; what waits is said once it is given again."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from bot.service import Service
from sandbox.slack import Workspace
from storage.models import Delivery
from tests import company
from tests.company import ADMIN, APPROVALS, LEA
from tests.flows.scenes import REFUND
from tests.flows.screen import card, messages
from tests.world import World


def revoke(workspace: Workspace) -> None:
    workspace.bot_token = "xoxb-another"


def narrow(workspace: Workspace) -> None:
    workspace.faults.missing_scopes = ["chat:write"]


def give_back(workspace: Workspace) -> None:
    workspace.bot_token = company.SECRETS["SLACK_BOT_TOKEN"]
    workspace.faults.missing_scopes = []


@pytest.mark.parametrize("shut_out", [revoke, narrow])
def test_what_was_to_be_said_is_said_once_slack_lets_us_in_again(
    world: World, shut_out: Callable[[Workspace], None]
) -> None:
    """Law: nothing of it is given up, however long it takes, and nothing comes twice."""
    shut_out(world.workspace)
    world.write("joy", REFUND, "Money back")
    for _ in range(24):
        world.later(minutes=5)
    assert _dead(world) == []
    assert messages(world, LEA, APPROVALS) == messages(world, LEA, ADMIN) == []
    give_back(world.workspace)
    world.later(minutes=2)
    assert "Refund 49.00 USD" in card(world, LEA, APPROVALS).text
    assert len(messages(world, LEA, APPROVALS)) == 1


@pytest.mark.parametrize("shut_out", [revoke, narrow])
def test_who_is_shut_out_is_not_ready(world: World, shut_out: Callable[[Workspace], None]) -> None:
    """Law: /readyz says within a look that Slack takes nothing from us; an outage is Slack's."""
    service = Service(world.backstop, company.SECRETS)

    def is_ready() -> bool:
        world.server.wait_for(service.look_at_slack())
        return bool(asyncio.run(_readyz(service))["slack"])

    assert is_ready()
    world.workspace.faults.down = True
    assert is_ready()
    world.workspace.faults.down = False
    shut_out(world.workspace)
    assert not is_ready()
    world.workspace.faults.down = True
    assert not is_ready()
    world.workspace.faults.down = False
    give_back(world.workspace)
    assert is_ready()


async def _readyz(service: Service) -> dict[str, bool]:
    transport = httpx.ASGITransport(service.application())
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        told: dict[str, bool] = (await client.get("/readyz")).json()
        return told


def _dead(world: World) -> list[str]:
    with world.looking() as uow:
        return [row.step for row in uow.session.query(Delivery).filter(Delivery.state == "dead")]
