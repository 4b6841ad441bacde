"""The sandbox put together: faults, arrivals, the bot's supervisor and the tour, over HTTP."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sandbox.demo import Plan, serve, with_settings
from sandbox.ports import free_port
from tests.sandbox.little_site import Site, eventually, little_site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with little_site(tmp_path) as site:
        yield site


def approve(site: Site, subject: str) -> None:
    """Ben presses Approve on the newest card about a ticket with this subject."""
    charge = {"Refund me": "ch_1", "Refund again": "ch_2"}[subject]
    seen = site.get("/sandbox/slack/messages", **{"as": "UBEN", "channel": "CAPP"})["messages"]
    card = next(one for one in seen if charge in str(one["blocks"]))
    answer = site.act("UBEN", "click", channel="CAPP", ts=card["ts"], action_id="approve")
    assert answer["ok"], answer


def refunds_of(site: Site, charge: str) -> int:
    rows = site.get("/sandbox/payments/ledger")["refunds"]
    return sum(row["charge"] == charge for row in rows)


# Faults


def test_the_faults_of_all_parts_are_read_in_one_place(site: Site) -> None:
    """GET /sandbox/faults holds slack, helpdesk and payments."""
    faults = site.get("/sandbox/faults")

    assert {"slack", "helpdesk", "payments"} == set(faults)
    assert faults["slack"]["lose"] == 0.0


def test_faults_are_merged_and_can_be_taken_back(site: Site) -> None:
    """POST sets the keys it names and leaves the others; a reset sets all of them back."""
    site.post("/sandbox/faults", {"slack": {"lose": 0.5}, "payments": {"hang_next": 2}})
    changed = site.post("/sandbox/faults", {"slack": {"down": True}})
    assert (changed["slack"]["lose"], changed["slack"]["down"]) == (0.5, True)
    assert changed["payments"]["hang_next"] == 2

    calm = site.post("/sandbox/faults/reset")
    assert (calm["slack"]["lose"], calm["slack"]["down"]) == (0.0, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"slack": {"lose": 0.5, "lose_more": 1}},
        {"slack": {"lose": 0.5, "down": "yes"}},
        {"slack": {"lose": 0.5, "hang": -1}},
        {"moon": {"lose": 0.5}},
        {"slack": 7},
    ],
)
def test_a_wrong_fault_changes_nothing(site: Site, wrong: object) -> None:
    """An unknown part, an unknown fault or a wrong value is refused, and nothing beside it set."""
    answer = site.post("/sandbox/faults", wrong)

    assert not answer["ok"] and answer["error"]
    assert site.get("/sandbox/faults")["slack"]["lose"] == 0.0


def test_every_fault_has_a_control(site: Site) -> None:
    """The panel offers each fault once, with a kind the page can draw."""
    kinds = {"switch", "probability", "count", "seconds", "text"}
    faults = site.get("/sandbox/faults")
    for part, controls in site.get("/sandbox/faults/controls")["parts"].items():
        assert {one["name"] for one in controls} == set(faults[part])
        assert {one["kind"] for one in controls} <= kinds


# Arrivals


def test_tickets_arrive_in_order_and_those_of_the_tour_wait(site: Site) -> None:
    """The next ticket is the first that neither was sent nor belongs to a step of the tour."""
    subjects = [site.post("/sandbox/tickets/next")["subject"] for _ in range(2)]
    none_left = site.post("/sandbox/tickets/next")

    assert subjects == ["How do I export?", "Thanks"]
    assert not none_left["ok"]


def test_a_ticket_arrives_once(site: Site) -> None:
    """Sending the same ticket again gives the same ticket of the help desk."""
    first = site.post("/sandbox/tickets", {"id": "t4"})
    assert site.post("/sandbox/tickets", {"id": "t4"}) == first
    assert len(site.get("/sandbox/helpdesk/tickets")["tickets"]) == 1


def test_a_stream_sends_until_nothing_is_left(site: Site) -> None:
    """A stream stops by itself when the last ticket has arrived."""
    site.post("/sandbox/tickets/stream", {"per_minute": 600})

    state = eventually(lambda: _still(site.get("/sandbox/tickets")))
    assert state == {"sent": 2, "total": 5, "per_minute": 0}


def _still(state: dict[str, int]) -> dict[str, int] | None:
    return state if state["per_minute"] == 0 else None


# The bot's supervisor


def test_without_its_bot_the_sandbox_says_so(site: Site) -> None:
    """The page works before the bot runs, and there is no plug to pull."""
    assert site.get("/sandbox/bot")["running"] is False
    assert not site.post("/sandbox/bot/kill")["ok"]
    assert site.get("/sandbox/slack/workspace", **{"as": "UANA"})["commands"] == []


def test_the_workspace_installs_the_manifest_that_the_bot_prints(site: Site) -> None:
    """Commands and shortcuts come from the bot's own tables."""
    site.start_bot()

    seen = site.get("/sandbox/slack/workspace", **{"as": "UANA"})
    assert [one["command"] for one in seen["commands"]] == ["/kb", "/ticket"]


def test_a_bot_whose_plug_is_pulled_comes_back(site: Site) -> None:
    """After kill -9 another process is started and becomes ready."""
    before = site.start_bot()

    assert site.post("/sandbox/bot/kill")["pid"] == before["pid"]
    after = site.ready_bot(after=before["last_ready"])
    assert after["pid"] != before["pid"]
    assert (after["starts"], after["kills"]) == (2, 1)


def test_the_companys_data_is_imported_before_the_first_start_alone(
    site: Site, tmp_path: Path
) -> None:
    """A restart imports nothing again: the bot's database outlives it."""
    before = site.start_bot()
    site.post("/sandbox/bot/kill")
    site.ready_bot(after=before["last_ready"])

    assert (tmp_path / "bot.log").read_text().count("imported articles") == 1


def test_a_bot_that_cannot_start_leaves_its_last_words(tmp_path: Path) -> None:
    """What it printed stands where the page shows it."""
    command = (sys.executable, "-c", "raise SystemExit('line 3: no such key')")
    with little_site(tmp_path, command) as site:
        site.post("/sandbox/bot/start")
        note = eventually(lambda: site.get("/sandbox/bot")["note"])

    assert "line 3: no such key" in note


# The tour


def test_the_first_step_is_done_when_the_card_stands_in_its_channel(site: Site) -> None:
    """The button lets the ticket arrive and leads to the card's channel as someone who is in it."""
    site.start_bot()
    assert not site.done(1)

    place = site.post("/sandbox/tour/1")["place"]
    assert place == {"tab": "workspace", "channel": "escalations", "as": "UANA"}
    assert site.done(1)


def test_the_second_step_wants_an_answer_of_a_person(site: Site) -> None:
    """A claim is not enough; a public reply after somebody sent a form is."""
    site.start_bot()
    site.post("/sandbox/tour/1")
    seen = site.get("/sandbox/slack/messages", **{"as": "UANA", "channel": "CESC"})["messages"]
    card = {"channel": "CESC", "ts": seen[0]["ts"]}
    assert site.act("UANA", "click", **card, action_id="claim")["ok"]
    assert not site.done(2)

    view = site.act("UANA", "click", **card, action_id="reply")["view"]
    words = {"words": {"text": {"type": "plain_text_input", "value": "I stay with this."}}}
    assert site.act("UANA", "submit", view_id=view["id"], values=words)["ok"]
    assert eventually(lambda: site.done(2))


def test_the_third_step_leads_to_the_approver_and_ends_in_the_ledger(site: Site) -> None:
    """Its button sends the ticket; approving it makes one refund."""
    site.start_bot()
    place = site.post("/sandbox/tour/3")["place"]
    assert place["channel"] == "approvals"
    ways = {one["name"]: one["place"] for one in site.step(3)["buttons"]}
    assert ways["approver"]["as"] == "UBEN"

    approve(site, "Refund me")
    assert eventually(lambda: site.done(3))
    assert refunds_of(site, "ch_1") == 1


def test_nobody_is_to_be_become_before_there_is_a_card(site: Site) -> None:
    """Pressed too early, the button would lead into another channel, as whoever one was."""
    site.post("/sandbox/tour/3")
    [approver] = [one for one in site.step(3)["buttons"] if one["name"] == "approver"]
    assert approver["disabled"]


def test_the_fourth_step_kills_the_bot_between_the_money_and_the_answer(site: Site) -> None:
    """Done when the bot is back and the ledger shows exactly one refund."""
    before = site.start_bot()
    site.post("/sandbox/tour/4")
    assert not site.done(4)

    approve(site, "Refund again")
    assert eventually(lambda: site.done(4))
    after = site.get("/sandbox/bot")
    assert (after["kills"], refunds_of(site, "ch_2")) == (1, 1)
    assert str(before["pid"]) in str(site.step(4)["evidence"])
    assert after["pid"] != before["pid"]


def test_the_fifth_step_wants_a_question(site: Site) -> None:
    """Done when the bot has taken a /kb."""
    site.start_bot()
    assert not site.done(5)

    assert site.act("UANA", "command", channel="CGEN", command="/kb", text="exports")["ok"]
    assert site.done(5)


# The page and the command


def test_the_page_lets_nothing_in_from_elsewhere(site: Site) -> None:
    """Its policy allows its own scripts and no other, and all it names is served."""
    answer = site.raw("/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]

    named = [part.split('"')[0] for part in answer.text.split("/static/")[1:]]
    assert named and all(site.raw(f"/static/{name}").status_code == 200 for name in named)


def test_a_port_that_is_taken_is_named(site: Site, tmp_path: Path) -> None:
    """The start is refused with what to do, before anything is wiped."""
    kept = tmp_path / "kept"
    kept.write_text("here")
    port = int(site.url.rpartition(":")[2])

    with pytest.raises(SystemExit, match=f"Port {port} is in use"):
        serve(Plan(port=port, bot_port=free_port(), folder=tmp_path))
    assert kept.exists()


def test_settings_are_set_and_the_rest_stays_as_it_is_written() -> None:
    """Quotes that give a value its meaning survive; missing parents are made."""
    text = 'slack: {workspace: T0A, delivery: http}\nhours: "22:00"\nlanguage: "no"\n'

    changed = with_settings(text, {"slack.delivery": "socket", "server.port": "8711"})
    assert yaml.safe_load(changed) == {
        "slack": {"workspace": "T0A", "delivery": "socket"},
        "hours": "22:00",
        "language": "no",
        "server": {"port": 8711},
    }
