"""One owner per escalation, known to everybody."""

from tests.company import ANA, BEN, ESCALATIONS, GENERAL, GUS, HAL, KIM
from tests.flows.scenes import audit, claimed, escalated, refund_asked
from tests.flows.screen import Seen, card, direct, fill, messages, told, whispers, words_of
from tests.world import World


def buttons(seen: Seen) -> list[str]:
    """What stands beside each other; the rest is behind one more tap."""
    rows = [block["elements"] for block in seen.message["blocks"] if block["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row if one["type"] == "button"]


def test_a_card_has_few_buttons_and_claim_is_the_first(world: World) -> None:
    """Law: on a phone three buttons are a choice, and five are a wall."""
    _, seen = escalated(world)
    assert buttons(seen)[0] == "Claim"
    seen.press("Claim")
    seen = card(world, ANA, ESCALATIONS)
    assert buttons(seen) == ["Reply to customer", "Resolve"]
    _, asking = refund_asked(world)
    assert len(buttons(asking)) <= 3


def test_claim_names_one_owner(world: World) -> None:
    """Law: the card says who has it, and offers the owner's next steps."""
    _, seen = claimed(world)
    assert "Claimed by Ana Ruiz" in seen.text
    assert seen.labels == [
        "Reply to customer",
        "Resolve",
        "Show the conversation",
        "Wait for customer",
        "Release",
    ]


def test_the_second_click_loses_and_is_told_who_won(world: World) -> None:
    """Law: of two people who press at once one holds it; the other hears the name, privately."""
    _, seen = escalated(world)
    seen.press_only("Claim", by=ANA)
    seen.press_only("Claim", by=BEN)
    world.settle()
    assert told(world, BEN, ESCALATIONS) == "Ana Ruiz was faster and holds this one."
    assert whispers(world, ANA, ESCALATIONS) == []
    assert [entry.actor for entry in audit(world, "escalation claimed")] == ["ana"]


def test_a_repeated_delivery_of_one_click_claims_once(world: World) -> None:
    """Law: the platform's own repetition is answered as before and does nothing."""
    _, seen = escalated(world)
    answer = seen.press("Claim", by=ANA, repeat=3)
    assert answer["statuses"] == [200, 200, 200]
    assert len(audit(world, "escalation claimed")) == 1
    assert whispers(world, ANA, ESCALATIONS) == []


def test_only_the_owner_replies_resolves_waits_and_releases(world: World) -> None:
    """Law: the customer hears one voice."""
    _, seen = claimed(world)
    for label in ("Reply to customer", "Resolve", "Wait for customer", "Release"):
        answer = seen.press(label, by=BEN)
        assert "view" not in answer, label
        assert told(world, BEN, ESCALATIONS).startswith("Ana Ruiz holds this one."), label
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text


def test_nobody_replies_before_claiming(world: World) -> None:
    """Law: an old copy of a card gives no rights that its escalation does not give now."""
    _, seen = claimed(world)
    seen.press("Release")
    assert seen.press("Reply to customer").get("error") == "This button is no longer there."
    forged = {"actions": [{"action_id": "escalation.open_reply"}]}
    card(world, ANA, ESCALATIONS).press("Claim", raw_overrides=forged)
    assert told(world, ANA, ESCALATIONS) == "Claim it first, then you can reply."


def test_a_released_escalation_is_open_to_everybody(world: World) -> None:
    _, seen = claimed(world)
    seen.press("Release")
    assert told(world, ANA, ESCALATIONS) == "Released. It is open for somebody else to claim."
    card(world, BEN, ESCALATIONS).press("Claim")
    assert "Claimed by Ben Okoro" in card(world, ANA, ESCALATIONS).text


def test_resolving_asks_for_a_verdict_and_closes_ticket_and_card(world: World) -> None:
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    assert "Should the agent have handled it?" in words_of(view)
    assert fill(world, ANA, view, verdict="agent_should")["ok"]
    seen = card(world, ANA, ESCALATIONS)
    assert "Resolved by Ana Ruiz" in seen.text
    assert seen.labels == ["Write an article"]
    assert world.desk.tickets[ticket].status == "solved"
    assert audit(world, "escalation resolved")[0].data == {"verdict": "agent_should"}


def test_the_conversation_is_shown_to_the_asker_alone(world: World) -> None:
    _, seen = escalated(world)
    view = seen.press("Show the conversation", by=BEN)["view"]
    assert "Please let me speak with a real person" in words_of(view)
    assert len(messages(world, ANA, ESCALATIONS)) == 1


def test_a_partner_claims_for_its_own_accounts_only(world: World) -> None:
    """Law: a partner's people, guests or of another workspace, work where app.yaml says so."""
    _, seen = escalated(world)
    for partner in (GUS, KIM):
        seen.press("Claim", by=partner)
        assert told(world, partner, ESCALATIONS) == (
            "Your organisation does not look after this customer's account."
        )
    _, own = escalated(world, "nox")
    own.press("Claim", by=KIM)
    assert "Claimed by Kim Ode" in card(world, ANA, ESCALATIONS).text


def test_a_member_who_is_not_listed_may_not_claim_and_hears_why(world: World) -> None:
    """Law: nobody is ignored silently."""
    _, seen = escalated(world)
    seen.press("Claim", by=HAL)
    assert told(world, HAL, ESCALATIONS).startswith("You are not on this team's list")
    [entry] = audit(world, "refused")
    assert (entry.actor, entry.subject) == (f"slack:{HAL}", "ClaimEscalation")
    assert direct(world, HAL) == []
    assert messages(world, ANA, GENERAL) == []
