"""What runs without anybody's yes is drawn for review, each with the share it was drawn with."""

import pytest

from bot.outgoing import is_drawn
from tests.company import LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.world import World

AUTO = "tiers: [standard], grade: auto}"
ALL = {AUTO: "tiers: [standard], grade: auto, sample_rate: 1}"}
NONE = {AUTO: "tiers: [standard], grade: auto, sample_rate: 0}"}


def refund_by_gate(world: World) -> None:
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert len(world.refunds) == 1


@pytest.mark.app_yaml(ALL)
def test_what_is_drawn_is_marked_and_on_record(world: World) -> None:
    """Law: the mark and its share stand on the effect, and the audit knows."""
    refund_by_gate(world)
    [effect] = effects(world)
    assert (effect.sampled, effect.sample_rate) == (True, 1.0)
    [entry] = audit(world, "act sampled")
    assert (entry.actor, entry.data["rate"]) == ("policy:small refunds", "1.0")


@pytest.mark.app_yaml(NONE)
def test_what_is_not_drawn_keeps_its_share(world: World) -> None:
    """Law: whoever weighs a sample needs to know what had no chance of being in it."""
    refund_by_gate(world)
    [effect] = effects(world)
    assert (effect.sampled, effect.sample_rate) == (False, 0.0)
    assert audit(world, "act sampled") == []


@pytest.mark.app_yaml(ALL)
def test_what_a_person_approved_is_no_part_of_the_sample(world: World) -> None:
    _, seen = refund_asked(world)
    seen.press("Approve", by=LEA)
    [effect] = effects(world)
    assert (effect.sampled, effect.sample_rate) == (False, None)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 1.0])
def test_a_draw_keeps_to_its_rate_and_can_be_repeated(rate: float) -> None:
    """Law: the key decides, for everybody the same."""
    keys = [f"acme-a{n}-{n:x}" for n in range(4000)]
    drawn = [key for key in keys if is_drawn(key, rate)]
    assert abs(len(drawn) / len(keys) - rate) < 0.02
    assert drawn == [key for key in keys if is_drawn(key, rate)]
