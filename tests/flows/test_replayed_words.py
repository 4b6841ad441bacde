"""A dead letter that is replayed may have been said before."""

from storage.models import DeliveryState
from storage.unit_of_work import UnitOfWork
from tests.company import ANA
from tests.flows.scenes import claimed
from tests.flows.screen import direct
from tests.world import World


def test_a_word_that_is_replayed_is_looked_for_before_it_is_said_again(world: World) -> None:
    """
    Slack took it and never said so; whoever replays the dead letter has it said once.
    """
    claimed(world)
    faults = world.workspace.faults
    faults.methods, faults.drop_after_commit = ["chat.postMessage"], 1.0
    world.later(minutes=31)
    faults.drop_after_commit = 0.0

    def give_up_and_replay(uow: UnitOfWork) -> None:
        [one] = [one for one in uow.deliveries.listed(None, 100) if one.step == "tell privately"]
        one.state = DeliveryState.DEAD
        uow.session.flush()
        assert uow.deliveries.replay(one.id, world.clock.now())

    world.backstop.writer.run(give_up_and_replay)
    world.settle()

    assert len(direct(world, ANA)) == 1
