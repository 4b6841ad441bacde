"""Whatever a customer writes gets an answer or a person, however late we learn of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.agent.briefing import Briefing, Proposal
from bot.agent.offline import OfflineAgent
from bot.commands import ReceiveTicket
from bot.ports import DeskCustomer, DeskTicket
from storage.models import Decision, Escalation, TicketStatus
from tests.company import ANA, APPROVALS, ESCALATIONS, LEA
from tests.flows.scenes import HUMAN, claimed, effects, refund_asked
from tests.flows.screen import card, fill
from tests.world import World

EXPORT = "How do I export the roster as a CSV file?"
TWO_FACTOR = "How do I turn on two-factor sign-in?"


class Meanwhile:
    """An agent during whose first thought something happens."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self._happens: Callable[[], None] | None = happens
        self._agent = OfflineAgent()

    def propose(self, briefing: Briefing) -> Proposal:
        happens, self._happens = self._happens, None
        if happens is not None:
            happens()
        return self._agent.propose(briefing)


@contextmanager
def meanwhile(world: World, happens: Callable[[], None]) -> Iterator[None]:
    dependencies, agent = world.backstop.bus.dependencies, world.backstop.agent
    dependencies.know(agent=Meanwhile(happens))
    yield
    dependencies.know(agent=agent)


def write_unheard(world: World, ticket: int, body: str) -> None:
    """Their hook gets lost."""
    world.desk.faults.hook_lose = 1.0
    world.write_only("joy", body, ticket=ticket)
    world.desk.faults.hook_lose = 0.0


def look_there(world: World, ticket: int) -> None:
    """The help desk is asked for the whole ticket."""
    told = DeskTicket(str(ticket), "", "open", world.clock.now(), DeskCustomer(""))
    world.backstop.bus.handle(ReceiveTicket("zendesk", told, "hint"))
    world.settle()


def escalations(world: World) -> list[str]:
    with world.looking() as uow:
        return [one.rule for one in uow.session.query(Escalation).order_by(Escalation.id)]


def decisions(world: World) -> list[str]:
    with world.looking() as uow:
        return [one.decision for one in uow.session.query(Decision).order_by(Decision.id)]


def status(world: World) -> TicketStatus:
    with world.looking() as uow:
        return uow.tickets.get(1).status


def test_words_written_during_a_triage_and_told_after_its_answer_get_an_answer(
    world: World,
) -> None:
    """Law: that they stand before our answer says nothing about whether it answers them."""

    def write() -> None:
        world.clock.advance(seconds=1)
        write_unheard(world, 1001, "And it is urgent. " + HUMAN)
        world.clock.advance(seconds=1)

    with meanwhile(world, write):
        ticket = world.write("joy", EXPORT, "Export")
    look_there(world, ticket)
    assert decisions(world) == ["answer", "escalate"]
    assert escalations(world) == ["human_wanted"]


def test_a_help_desk_whose_clock_is_behind_loses_no_words(world: World) -> None:
    """Law: two clocks never decide who spoke last."""
    world.desk.now = lambda: world.clock.now().timestamp() - 60
    ticket = world.write("joy", EXPORT, "Export")
    world.later(seconds=30)
    world.write("joy", "That does not work. " + HUMAN, ticket=ticket)
    assert decisions(world) == ["answer", "escalate"]


def test_words_that_were_answered_are_not_answered_again(world: World) -> None:
    """Law: to be told of a ticket once more is no news."""
    ticket = world.write("joy", EXPORT, "Export")
    told = world.customer_reads(ticket)
    look_there(world, ticket)
    look_there(world, ticket)
    assert (world.customer_reads(ticket), decisions(world)) == (told, ["answer"])


def test_what_was_asked_while_an_act_waited_is_answered_after_it(world: World) -> None:
    """Law: an act that is done closes no ticket over words it has nothing to do with."""
    ticket, _ = refund_asked(world)
    world.write("joy", EXPORT, ticket=ticket)
    assert decisions(world) == ["act"]
    world.desk.faults.hook_lose = 1.0
    card(world, LEA, APPROVALS).press("Approve")
    assert len(world.refunds) == 1
    assert "choose Export and pick CSV" in "".join(world.customer_reads(ticket))
    assert decisions(world) == ["act", "answer"]
    assert status(world) is TicketStatus.WAITING
    assert world.desk.tickets[ticket].status == "pending"


def test_an_act_that_nobody_wrote_behind_closes_its_ticket(world: World) -> None:
    ticket, seen = refund_asked(world)
    seen.press("Approve")
    assert world.desk.tickets[ticket].status == "solved"


def test_words_that_arrive_while_the_money_is_out_reach_a_person(world: World) -> None:
    """Law: the refund lands during their triage, and the triage counts all the same."""
    ticket, seen = refund_asked(world)
    world.provider.faults.drop_after_commit_next = 1
    seen.press("Approve")
    assert [effect.state.value for effect in effects(world)] == ["calling"]

    def land() -> None:
        world.clock.advance(seconds=2)
        world.backstop.worker.run_due()

    with meanwhile(world, land):
        world.write("joy", "My whole team cannot log in. " + HUMAN, ticket=ticket)
    assert len(world.refunds) == 1
    assert escalations(world) == ["human_wanted"]
    assert status(world) is TicketStatus.OPEN
    assert world.desk.tickets[ticket].status != "solved"


def test_what_was_asked_before_a_rejection_is_before_a_person_after_it(world: World) -> None:
    """Law: a no, too, leaves none of the customer's words behind."""
    ticket, _ = refund_asked(world)
    world.write("joy", EXPORT, ticket=ticket)
    view = card(world, LEA, APPROVALS).press("Reject")["view"]
    fill(world, LEA, view, reason="They got it back last week.")
    assert escalations(world) == ["act_rejected"]
    assert EXPORT in card(world, ANA, ESCALATIONS).text
    with world.looking() as uow:
        assert not uow.tickets.waiting(1)


def test_words_behind_a_solved_ticket_open_it_again_there(world: World) -> None:
    """Law: our own solving, on its way while the customer wrote, hides nothing they wrote."""
    ticket, seen = refund_asked(world)
    write_unheard(world, ticket, HUMAN)
    seen.press("Approve")
    assert world.desk.tickets[ticket].status == "solved"
    world.later(minutes=5)
    look_there(world, ticket)
    assert escalations(world) == ["human_wanted"]
    assert world.desk.tickets[ticket].status == "open"
    assert "Nobody has it yet" in card(world, ANA, ESCALATIONS).text


def test_the_agent_says_nothing_more_while_the_claimed_ticket_goes_on(world: World) -> None:
    """Law: the owner's words to answer are the owner's for good."""
    ticket, _ = claimed(world)
    world.write("joy", TWO_FACTOR, ticket=ticket)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    fill(world, ANA, view, verdict="rightly")
    told = world.customer_reads(ticket)
    look_there(world, ticket)
    assert (world.customer_reads(ticket), decisions(world)) == (told, ["escalate"])


def test_a_ticket_assigned_to_a_colleague_in_the_help_desk_is_theirs(world: World) -> None:
    """Law: while a person owns it there, the agent is silent, and nobody is promised anything."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    world.work_in_desk(ticket, assignee="tom@helpdesk.example")
    told = world.customer_reads(ticket)
    world.later(minutes=1)
    world.write("joy", TWO_FACTOR, ticket=ticket)
    assert (world.customer_reads(ticket), decisions(world)) == (told, ["answer"])
    assert escalations(world) == []
