"""Questions in words: slash commands, mentions in threads, and the Home tab."""

import pytest

from storage.unit_of_work import UnitOfWork
from tests.company import ADMIN, ANA, APPROVALS, BEN, ESCALATIONS, GENERAL, HAL, KNOWLEDGE, LEA, SAM
from tests.flows.scenes import audit, claimed, escalated, refund_asked
from tests.flows.screen import Seen, card, controls, messages, whispers
from tests.world import World


def ask(world: World, who: str, command: str, text: str = "") -> Seen:
    """The private answer, as the asker has it before them."""
    answer = world.do(who, "command", channel=GENERAL, command=command, text=text)
    assert answer["ok"], answer
    shown = [one for one in world.see(who, GENERAL) if one["ephemeral"]][-1]
    return Seen(world, who, GENERAL, shown)


def test_kb_answers_the_asker_alone_and_names_its_articles(world: World) -> None:
    """Law: an answer from the knowledge base cites where it stands."""
    seen = ask(world, ANA, "/kb", "how do I export the roster as csv?")
    assert "Export the roster as a CSV file" in seen.text
    assert "Open Roster, choose Export and pick CSV." in seen.text
    assert seen.labels == [
        "Helpful",
        "Not helpful",
        "Share in channel",
        "Open: Export the roster as a CSV file",
        "Write the article",
        "Report the gap",
    ]
    assert messages(world, BEN, GENERAL) == []
    assert whispers(world, BEN, GENERAL) == []


def test_an_answer_leads_to_its_article_where_that_has_an_address(world: World) -> None:
    """Law: people read a title, and follow it; the id is the machine's."""
    address = "https://help.example/export-roster"

    def publish(uow: UnitOfWork) -> None:
        article = uow.articles.by_ref("export-roster")
        assert article is not None
        article.url = address

    world.backstop.writer.run(publish)
    seen = ask(world, ANA, "/kb", "how do I export the roster as csv?")
    assert f"'url': '{address}'" in str(seen.message["blocks"])
    assert "export-roster" not in seen.text


def test_kb_says_when_no_article_covers_it_and_takes_the_gap(world: World) -> None:
    """Law: rather than guess, the gap goes to whoever writes the articles."""
    seen = ask(world, ANA, "/kb", "why do llamas hum at <midnight>?")
    assert "No article covers this" in seen.text
    assert "You asked: why do llamas hum at" in seen.text
    seen.press("Report the gap")
    assert whispers(world, ANA, GENERAL)[-1].startswith("Thank you. The gap is with")
    gap = card(world, BEN, KNOWLEDGE)
    assert "why do llamas hum at <midnight>?" in gap.text
    assert "asked by Ana Ruiz" in gap.text
    assert len(audit(world, "gap reported")) == 1


@pytest.mark.app_yaml({"  knowledge: C0KNOWLEDGE\n": ""})
def test_a_gap_that_has_no_channel_is_before_the_administrators(world: World) -> None:
    """Law: whoever reports one is not thanked for what nobody sees."""
    ask(world, ANA, "/kb", "why do llamas hum at noon?").press("Report the gap")
    assert whispers(world, ANA, GENERAL)[-1].endswith("The gap is with the administrators.")
    assert "why do llamas hum at noon?" in card(world, LEA, ADMIN).text


@pytest.mark.parametrize("typed", ["  ", "?!?", "…", "help"])
def test_kb_without_a_question_says_how_to_ask(world: World, typed: str) -> None:
    """Law: nobody writes an article for a question mark; what no list of what is missing takes up
    is not said to stand there."""
    seen = ask(world, ANA, "/kb", typed)
    assert "Ask in your own words" in seen.text
    assert seen.labels == []


@pytest.mark.parametrize("mark", ["\U0001f600", '"', "\\", "ü"])
def test_kb_takes_a_long_question_however_it_is_written(world: World, mark: str) -> None:
    """Law: a button carries as much as it holds, counted the way it is written there."""
    seen = ask(world, ANA, "/kb", "why do llamas hum? " + mark * 1900)
    seen.press("Report the gap")
    assert card(world, BEN, KNOWLEDGE).text.count(mark) > 500


@pytest.mark.parametrize("typed", ["1", "#1", "1001", "zendesk 1001", " 1 "])
def test_ticket_shows_a_conversation_by_our_number_or_the_help_desks(
    world: World, typed: str
) -> None:
    escalated(world)
    seen = ask(world, BEN, "/ticket", typed)
    assert "The rota prints blank" in seen.text
    assert "Please let me speak with a real person" in seen.text
    assert messages(world, BEN, GENERAL) == []


@pytest.mark.parametrize("typed", ["99", "x", "1; drop", "9" * 40])
def test_a_ticket_that_is_not_there_is_said_so(world: World, typed: str) -> None:
    escalated(world)
    assert "There is no such ticket here" in ask(world, BEN, "/ticket", typed).text


def test_a_ticket_without_a_number_is_asked_for_by_example(world: World) -> None:
    answer = ask(world, BEN, "/ticket").text
    assert "Say which ticket" in answer and "/ticket 17" in answer


def test_approvals_lists_what_my_decision_would_count_for(world: World) -> None:
    refund_asked(world)
    mine = ask(world, LEA, "/approvals")
    assert "1 approval waits for you" in mine.text
    assert "Refund 49.00 USD" in mine.text
    assert "Nothing waits for you" in ask(world, ANA, "/approvals").text
    mine.press("Show the card")
    assert "Refund 49.00 USD" in card(world, LEA, f"D{LEA[1:]}").text


NAMES = {
    "delivery: http,": "delivery: http, commands: {kb: /wiki, approvals: /mine, backstop: /b},"
}


@pytest.mark.app_yaml(NAMES)
def test_whoever_is_told_of_a_command_is_told_its_name_here(world: World) -> None:
    """Law: the names of commands are settings, in every word that we say of them."""
    assert "/wiki how do I" in ask(world, ANA, "/wiki").text
    assert "/b start effects" in ask(world, LEA, "/b", "stop effects").text
    assert "/b start effects" in ask(world, LEA, "/b", "start effects").text
    _, seen = refund_asked(world)
    seen.press("Approve", raw_overrides={"container": {"message_ts": "1790154000.999999"}})
    assert "/mine" in whispers(world, LEA, APPROVALS)[-1]


def test_help_is_the_answer_to_anything_else(world: World) -> None:
    """Law: whoever mistyped is told so, and nobody else."""
    for text in ("help", "", "what can you do"):
        seen = ask(world, HAL, "/backstop", text)
        assert ("does not know that" in seen.text) == (text == "what can you do")
        for command in ("/kb QUESTION", "/ticket NUMBER", "/approvals", "/backstop me"):
            assert command in seen.text


def test_me_says_who_i_am_here(world: World) -> None:
    lea = ask(world, LEA, "/backstop", "me").text
    assert "You are Lea Sand" in lea
    assert "Roles: approver, lead, specialist." in lea
    refunds = "You may approve refunds up to 5,000.00 USD, account changes, what no gate covers."
    assert refunds in lea
    assert "Effects run: what is approved is paid and sent." in lea
    assert "You approve nothing: no gate asks for you." in ask(world, ANA, "/backstop", "me").text
    assert "You are not on this team's list" in ask(world, HAL, "/backstop", "me").text


def test_me_says_that_effects_are_stopped(world: World) -> None:
    ask(world, LEA, "/backstop", "stop effects")
    seen = ask(world, ANA, "/backstop", "me").text
    assert "Effects are stopped since" in seen and "by Lea Sand." in seen


def test_questions_of_people_who_are_not_listed_are_refused_in_words(world: World) -> None:
    """Law: knowledge, tickets and approvals are the team's."""
    escalated(world)
    for command, text in (("/kb", "export the roster"), ("/ticket", "1"), ("/approvals", "")):
        assert "You are not on this team's list" in ask(world, HAL, command, text).text
    assert len(audit(world, "refused")) == 3


def test_a_mention_in_a_thread_answers_there_and_to_the_asker_alone(world: World) -> None:
    """Law: mentions work where slash commands cannot."""
    _, seen = claimed(world)
    words = "<@U0BOT> kb how do I export the roster as csv?"
    world.do(BEN, "post", channel=ESCALATIONS, thread=seen.ts, text=words)
    [answer] = whispers(world, BEN, ESCALATIONS, seen.ts)
    assert "Open Roster, choose Export and pick CSV." in answer
    assert whispers(world, ANA, ESCALATIONS, seen.ts) == []
    world.do(BEN, "post", channel=ESCALATIONS, thread=seen.ts, text="<@U0BOT> me")
    assert whispers(world, BEN, ESCALATIONS, seen.ts)[-1].startswith("You are Ben Okoro")


def test_a_mention_that_asks_nothing_gets_help(world: World) -> None:
    world.do(ANA, "post", channel=GENERAL, text="<@U0BOT> hi there")
    assert "/kb QUESTION" in whispers(world, ANA, GENERAL)[-1]


def test_a_stranger_who_mentions_the_bot_learns_nothing(world: World) -> None:
    """Law: not even whether there is a ticket of that number."""
    escalated(world)
    for number in (1, 99):
        world.do(SAM, "post", channel=GENERAL, text=f"<@U0BOT> ticket {number}")
        assert whispers(world, SAM, GENERAL)[-1].startswith("You are not on this team's list")


def test_home_shows_what_waits_for_me(world: World) -> None:
    refund_asked(world)
    claimed(world)
    assert "Refund" in home(world, LEA)
    assert "The rota prints blank" in home(world, ANA)
    assert "Refund" not in home(world, ANA)
    assert "You are not on this team's list yet" in home(world, HAL)


def test_what_is_gone_no_longer_waits_on_home(world: World) -> None:
    _, seen = refund_asked(world)
    seen.press("Approve")
    assert "Refund" not in home(world, LEA)


def home(world: World, who: str) -> str:
    world.do(who, "open_home")
    answer = world.server.http.get("/sandbox/slack/home", params={"as": who}).json()
    assert controls(answer["view"]["blocks"]) is not None
    return Seen(world, who, "", answer["view"] | {"ts": ""}).text
