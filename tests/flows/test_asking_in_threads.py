"""Questions about what stands in a thread, and articles drafted from it."""

from storage.models import Question
from tests.company import ANA, BEN, ESCALATIONS, GENERAL, GUS, Json
from tests.flows.scenes import claimed
from tests.flows.screen import controls, messages, told, whispers, words_of
from tests.world import World

EXPORT = "How do I export the roster as a CSV file?"


def use(world: World, who: str, shortcut: str, channel: str, ts: str) -> Json:
    return world.do(who, "shortcut", callback_id=shortcut, channel=channel, ts=ts)


def say(world: World, who: str, text: str, thread: str | None = None) -> str:
    where = {"thread": thread} if thread else {}
    return str(world.do(who, "post", channel=GENERAL, text=text, **where)["ts"])


def test_a_message_is_a_question_by_its_menu(world: World) -> None:
    """Law: the answer is the asker's alone, and can be shared where the message stands."""
    ts = say(world, BEN, EXPORT)
    view = use(world, ANA, "knowledge.ask", GENERAL, ts)["view"]
    assert "Open Roster, choose Export and pick CSV." in words_of(view)
    at = dict(controls(view["blocks"]))["Share in thread"]
    click = {name: at[name] for name in ("action_id", "block_id")}
    world.do(ANA, "click", view_id=view["id"], **click)
    [shared] = [m for m in messages(world, BEN, GENERAL, ts) if "pick CSV" in m.text]
    assert "Shared by Ana Ruiz" in shared.text


def test_a_mention_without_a_question_asks_what_the_thread_asks(world: World) -> None:
    ts = say(world, BEN, EXPORT)
    say(world, ANA, "<@U0BOT> kb", ts)
    assert "pick CSV" in whispers(world, ANA, GENERAL, ts)[-1]


def test_a_question_is_understood_within_its_thread(world: World) -> None:
    """Law: "how does that go?" is found with the words that say what "that" is."""
    ts = say(world, BEN, EXPORT)
    say(world, ANA, "<@U0BOT> kb how does that work exactly", ts)
    assert "pick CSV" in whispers(world, ANA, GENERAL, ts)[-1]
    say(world, ANA, "<@U0BOT> kb how does that work exactly")
    assert "No article covers this" in whispers(world, ANA, GENERAL)[-1]


def test_the_thread_of_a_ticket_is_about_its_customer(world: World) -> None:
    """Law: what is asked there is known to be of that ticket, and so of its customer."""
    _, seen = claimed(world)
    world.do(BEN, "post", channel=ESCALATIONS, thread=seen.ts, text="<@U0BOT> kb roster csv")
    with world.looking() as uow:
        [question] = uow.session.query(Question)
        assert question.ticket_id == 1 and question.customer_id is not None


def test_a_partner_learns_nothing_from_another_customers_thread(world: World) -> None:
    """Law: the words of a customer whom the partner does not serve are no context of theirs."""
    _, seen = claimed(world)
    world.do(GUS, "post", channel=ESCALATIONS, thread=seen.ts, text="<@U0BOT> kb roster csv")
    with world.looking() as uow:
        [question] = uow.session.query(Question)
        assert question.ticket_id is None and "rota" not in question.text


def test_an_article_is_drafted_from_a_thread(world: World) -> None:
    """Law: the first message is the question, the last that tells what to do the answer."""
    ts = say(world, BEN, "Hi, how do I silence the night bell?")
    say(world, ANA, "Let me look.", ts)
    say(world, ANA, "Open Bells, Ben Okoro, and press Silence.", ts)
    view = use(world, ANA, "article.write", GENERAL, ts)["view"]
    body = next(b for b in view["blocks"] if b.get("block_id") == "body")
    assert body["element"]["initial_value"] == (
        "## how do I silence the night bell?\n\nOpen Bells, [NAME], and press Silence."
    )


def test_a_partner_drafts_nothing(world: World) -> None:
    ts = say(world, BEN, EXPORT)
    assert "view" not in use(world, GUS, "article.write", GENERAL, ts)
    assert "our own people" in told(world, GUS, GENERAL)
