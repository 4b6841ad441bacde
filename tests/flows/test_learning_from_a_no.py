"""A rejection goes back to the agent: the act and the reason are before it the next time."""

from bot.agent.briefing import Briefing, Proposal
from bot.agent.offline import OfflineAgent
from tests.company import LEA
from tests.flows.scenes import REFUND, refund_asked
from tests.flows.screen import fill
from tests.flows.test_every_word import decisions, escalations
from tests.world import World

REASON = "They got it back last week."


class Listening:
    """The offline agent, with a memory of what it was told."""

    def __init__(self) -> None:
        self.briefings: list[Briefing] = []

    def propose(self, briefing: Briefing) -> Proposal:
        self.briefings.append(briefing)
        return OfflineAgent().propose(briefing)


def test_the_act_and_the_reason_reach_the_agent_which_does_not_ask_again(world: World) -> None:
    """Law: the same wish in another mail is a person's, and no second card."""
    _, seen = refund_asked(world)
    fill(world, LEA, seen.press("Reject")["view"], reason=REASON)
    listening, dependencies = Listening(), world.backstop.bus.dependencies
    dependencies.know(agent=listening)
    world.write("joy", REFUND, "Money back, once more")
    dependencies.know(agent=world.backstop.agent)

    [rejected] = listening.briefings[-1].rejected
    assert (rejected.kind, rejected.args["amount"], rejected.reason) == ("refund", 4900, REASON)
    assert decisions(world) == ["act", "escalate"]
    assert escalations(world) == ["act_rejected", "rejected_before"]
