"""A person has a model read what they are about to send; it only warns."""

from typing import Any

import pytest

from storage.models import Message
from tests.company import ANA, BEN, ESCALATIONS
from tests.flows.scenes import claimed
from tests.flows.screen import card, controls, fill, typed, words_of
from tests.flows.test_model import CLAUDE
from tests.flows.test_reading_over import BY_RULES, GRAVE, MILD, Reader
from tests.world import World

HARSH = "Hello Joy, please choose Export next time, as anybody would. Print then.\n– Ana"
CHECK = "Check wording"
pytestmark = pytest.mark.app_yaml(CLAUDE)


def opened(world: World, reader: Reader) -> tuple[int, dict[str, Any]]:
    """The help desk's ticket, and the form with which Ana answers it."""
    ticket, seen = claimed(world)
    world.model.mind = reader
    view: dict[str, Any] = seen.press("Reply to customer")["view"]
    return ticket, view


def press(world: World, view: dict[str, Any], who: str = ANA, **words: str) -> dict[str, Any]:
    """Fill in and have it read; the form as it stands then."""
    place = dict(controls(view["blocks"]))[CHECK]
    values = typed(view, words)
    world.do(who, "click", view_id=view["id"], values=values, **place)
    now: dict[str, Any] = world.workspace.views.find(view["id"]).body
    return now


def held(world: World) -> int:
    """Letters that rest beside a ticket and were never sent."""
    with world.looking() as uow:
        return uow.session.query(Message).filter(Message.draft.is_(True)).count()


def test_what_it_notices_stands_in_the_form(world: World) -> None:
    """Law: the form stays open with all that was typed, and nothing has been sent."""
    ticket, view = opened(world, Reader(GRAVE))
    before = world.customer_reads(ticket)
    now = press(world, view, text=HARSH, until="tomorrow 17:00")

    assert "“choose Export”: Ask them kindly. (blame)" in words_of(now)
    assert now["submit"]["text"] == "Send anyway"
    state = now["state"]["values"]
    assert state["text"]["text"]["value"] == HARSH
    assert state["until"]["until"]["value"] == "tomorrow 17:00"
    assert world.customer_reads(ticket) == before and held(world) == 0


def test_whoever_was_warned_by_it_may_send(world: World) -> None:
    """Law: it is the person's letter; the same words leave at the first press."""
    ticket, view = opened(world, Reader(GRAVE))
    now = press(world, view, text=HARSH)

    assert fill(world, ANA, now, text=HARSH)["ok"]
    assert world.customer_reads(ticket)[-1] == HARSH


@pytest.mark.parametrize(
    ("findings", "told"),
    [([], "It reads well"), ([MILD | {"quote": "not there"}], "It reads well")],
    ids=["nothing", "unquoted"],
)
def test_what_does_not_stand_there_is_no_warning(
    world: World, findings: list[dict[str, Any]], told: str
) -> None:
    """Law: it is said, too, that there is nothing."""
    _, view = opened(world, Reader(*findings))
    now = press(world, view, text=HARSH)
    assert told in words_of(now) and now["submit"]["text"] == "Send to customer"


def test_a_model_that_is_away_says_so(world: World) -> None:
    """Law: the rules' own warnings are there all the same."""
    _, view = opened(world, Reader(is_away=True))
    now = press(world, view, text="Sorry for the inconvenience, Joy.")
    assert "The model cannot be asked" in words_of(now)
    assert "(canned_apology)" in words_of(now)


def test_it_is_shown_marks_and_no_secrets(world: World) -> None:
    """Law: a person's letter is hidden from the model as a customer's words are."""
    reader = Reader()
    _, view = opened(world, reader)
    press(world, view, text="Write to joy@oak.example; your card is 4242 4242 4242 4242.")
    assert "[EMAIL_1]" in reader.read[0]
    assert "joy@oak" not in reader.read[0] and "4242" not in reader.read[0]


def test_only_its_owner_has_it_read(world: World) -> None:
    """Law: whoever has given it back meanwhile is told so, and no model reads their words."""
    reader = Reader()
    _, view = opened(world, reader)
    card(world, ANA, ESCALATIONS).press("Release")
    card(world, BEN, ESCALATIONS).press("Claim")
    press(world, view, text=HARSH)
    assert reader.read == [] and held(world) == 0


def test_a_form_that_was_closed_meanwhile_is_left(world: World) -> None:
    """Law: an answer that nobody waits for any more changes nothing and leaves nothing behind."""
    _, view = opened(world, Reader(GRAVE))
    place = dict(controls(view["blocks"]))[CHECK]
    world.do_only(ANA, "click", view_id=view["id"], values=typed(view, {"text": HARSH}), **place)
    assert held(world) == 1
    world.workspace.views.close_all(ANA)
    world.settle()
    assert held(world) == 0


@pytest.mark.app_yaml(BY_RULES)
def test_without_a_model_nobody_is_offered_one(world: World) -> None:
    """Law: a button that can do nothing is not there."""
    _, view = opened(world, Reader())
    assert CHECK not in dict(controls(view["blocks"]))
