"""App Home: what waits for whoever looks, and nobody else's business."""

import httpx

from bot import commands
from bot.people import Account, Standing
from tests.company import ANA, BEN, ESCALATIONS, GENERAL, GUS, HAL, HOME, LEA, MAX, NIA, OTHER
from tests.flows.scenes import claimed, escalated, refund_asked
from tests.flows.screen import card, controls, direct, whispers, words_of
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
    assert "ticket #1" in held and "ticket #2" not in held
    assert "ticket #2" in unclaimed and "ticket #1" not in unclaimed


def test_a_line_says_what_whose_and_how_urgent_and_leads_to_the_card(world: World) -> None:
    """
    The most urgent first; nobody has to look up a number to know what it is about.
    """
    escalated(world)
    world.write("eve", "I will kill myself. Help me, I want to die.", "No way out")
    words = home(world, ANA)

    assert words.index("No way out") < words.index("The rota prints blank")
    assert "P3 · The rota prints blank · ticket #1 · Joy Abara, Oak Bakery · since" in _line(words)
    view = world.workspace.views.home(ANA)
    assert view is not None
    stamp = card(world, ANA, ESCALATIONS).ts.replace(".", "")
    assert f"https://larkspur.slack.com/archives/{ESCALATIONS}/p{stamp}" in str(view["blocks"])


def test_what_is_claimed_on_home_is_held_there_at_once(world: World) -> None:
    """
    Home is redrawn for whoever pressed, and a refusal is told to them.
    """
    escalated(world)
    home(world, ANA)
    press(world, ANA, "Claim")
    assert "ticket #1" in page(world, ANA).split("Unclaimed")[0]
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text

    escalated(world)
    home(world, NIA)
    seen = card(world, BEN, ESCALATIONS)
    seen.press("Claim", by=BEN)
    press(world, NIA, "Claim")
    assert "Ben Okoro was faster" in direct(world, NIA)[-1].text


def test_what_does_not_fit_is_counted(world: World) -> None:
    for _ in range(12):
        escalated(world)
    words = home(world, ANA)
    assert "and 2 more" in words
    assert words.count("Claim") == 5


def press(world: World, who: str, label: str) -> None:
    view = world.workspace.views.home(who)
    assert view is not None
    [control, *_] = [value for name, value in controls(view["blocks"]) if name == label]
    place = {name: control[name] for name in ("action_id", "block_id")}
    world.do(who, "click", view_id=view["id"], **place)


def _line(words: str) -> str:
    return " ".join(words.split())


def test_a_partner_sees_its_own_customers_alone(world: World) -> None:
    """
    Neither approvals of gates that are not open to it, nor escalations of other accounts.
    """
    refund_asked(world)
    escalated(world)
    escalated(world, "nox")

    words = home(world, GUS)

    assert "None." in words.split("Tickets you hold")[0]
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
    words = home(world, MAX)
    assert "Refund 1,200.00 USD" in words and "1 of 2 said yes" in words
    world.do(MAX, "command", channel=GENERAL, command="/approvals", text="")
    listed = whispers(world, MAX, GENERAL)[-1]
    assert "Bea Igwe" in listed and "1 of 2 said yes" in listed


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

    assert "Cards and private words : 1, since 2026-09-23 09:00 UTC" in _line(home(world, MAX))
    assert "What is late" not in home(world, ANA)
    late = httpx.get(f"{world.server.url}/readyz").json()["backlog"]
    assert late == {"posts": {"count": 1, "since": "2026-09-23T09:00:00+00:00"}}


def test_a_stop_of_all_effects_comes_first(world: World) -> None:
    """Law: whoever opens their Home knows that nothing is carried out, and since when."""
    assert "Effects are stopped" not in home(world, ANA)
    world.do(LEA, "command", channel=GENERAL, command="/backstop", text="stop effects")
    words = " ".join(home(world, ANA).split())
    assert "Effects are stopped since 2026-09-23 09:00 UTC , by Lea Sand." in words
    assert words.index("Effects are stopped") < words.index("Approvals that wait for you")


def test_a_timer_that_is_not_due_is_not_late(world: World) -> None:
    escalated(world)
    refund_asked(world, "eve")
    world.later(minutes=5)

    assert "Nothing." in home(world, MAX).split("What is late")[1]


def test_whoever_is_not_listed_hears_how_to_get_there(world: World) -> None:
    assert "You are not on this team's list yet." in home(world, HAL)
