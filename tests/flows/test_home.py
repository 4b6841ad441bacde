"""App Home: what waits for whoever looks, and nobody else's business."""

import httpx

from bot import commands
from bot.people import Account, Standing
from tests.company import ANA, GUS, HAL, HOME, LEA, MAX, NIA, OTHER
from tests.flows.scenes import claimed, escalated, refund_asked
from tests.flows.screen import words_of
from tests.world import World


def home(world: World, who: str) -> str:
    world.do(who, "open_home")
    return page(world, who)


def page(world: World, who: str) -> str:
    view = world.workspace.views.home(who)
    assert view is not None
    return words_of(view)


def test_home_shows_what_one_holds_and_what_nobody_does(world: World) -> None:
    claimed(world)
    escalated(world)

    words = home(world, ANA)

    held, unclaimed = words.split("Unclaimed")
    assert "#1" in held and "#2" not in held
    assert "#2" in unclaimed and "#1 " not in unclaimed


def test_a_partner_sees_its_own_customers_alone(world: World) -> None:
    """
    Neither approvals of gates that are not open to it, nor escalations of other accounts.
    """
    refund_asked(world)
    escalated(world)
    escalated(world, "nox")

    words = home(world, GUS)

    assert "None." in words.split("Escalations you hold")[0]
    assert "ticket #3" in words
    assert "ticket #2" not in words and "ticket #1" not in words


def test_only_approvals_that_ones_decision_would_count_for_are_shown(world: World) -> None:
    """
    Not those above one's limit, and not those one has approved already.
    """
    words = "Please refund my last payment of 1200.00 USD."
    _, seen = refund_asked(world, "big", words)
    seen.press("Approve", by=LEA)

    assert "Refund" not in home(world, NIA)
    assert "Refund" not in home(world, LEA)
    assert "Refund" in home(world, MAX)


def test_an_id_of_another_workspace_is_somebody_else(world: World) -> None:
    """
    Ids repeat between workspaces; who looks is told by both together, and by their standing.
    """
    escalated(world)
    for account in (
        Account("slack", ANA, OTHER, Standing.STRANGER),
        Account("slack", ANA, HOME, Standing.DEACTIVATED),
    ):
        world.backstop.bus.handle(commands.OpenHome(account))
        world.settle()
        assert "Unclaimed" not in page(world, ANA)


def test_administrators_see_what_is_late_and_since_when(world: World) -> None:
    """
    What Slack's limits hold back is no secret: Home and the body of /readyz tell of it.
    """
    _, seen = escalated(world)
    assert "Nothing." in home(world, MAX).split("What is late")[1]
    world.workspace.faults.methods, world.workspace.faults.error_500 = ["chat.update"], 1.0
    world.workspace.timing.response_url_s = -1.0
    seen.press("Claim", by=ANA)
    world.later(seconds=30)

    assert "Cards and private words : 1, since 2026-09-23 09:00 UTC" in _flat(home(world, MAX))
    assert "What is late" not in home(world, ANA)
    late = httpx.get(f"{world.server.url}/readyz").json()["backlog"]
    assert late == {"posts": {"count": 1, "since": "2026-09-23T09:00:00+00:00"}}


def test_a_timer_that_is_not_due_is_not_late(world: World) -> None:
    escalated(world)
    refund_asked(world, "eve")
    world.later(minutes=5)

    assert "Nothing." in home(world, MAX).split("What is late")[1]


def _flat(words: str) -> str:
    return " ".join(words.split())


def test_whoever_is_not_listed_hears_how_to_get_there(world: World) -> None:
    assert "You are not on this team's list yet." in home(world, HAL)
