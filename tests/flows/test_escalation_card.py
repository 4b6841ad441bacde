"""From a customer's words to a card in the right channel."""

import pytest

from tests.company import ANA, APPROVALS, BILLING, ENTERPRISE, ESCALATIONS, EUROPE, LEA
from tests.flows.scenes import HUMAN, escalated, reply
from tests.flows.screen import card, direct, messages, thread, words_of
from tests.world import World


@pytest.mark.parametrize(
    ("customer", "subject", "channel"),
    [
        ("joy", "The rota prints blank", ESCALATIONS),
        ("big", "The rota prints blank", ENTERPRISE),
        ("eve", "The rota prints blank", EUROPE),
        ("joy", "Wrong VAT on our invoice and billing", BILLING),
    ],
)
def test_a_card_goes_where_category_tier_and_region_lead(
    world: World, customer: str, subject: str, channel: str
) -> None:
    """Law: the first route that takes the ticket gets its one post, and no other channel any."""
    world.write(customer, HUMAN, subject)
    posted = {
        one: len(messages(world, ANA, one))
        for one in (ESCALATIONS, ENTERPRISE, BILLING, EUROPE, APPROVALS)
    }
    assert posted == dict.fromkeys(posted, 0) | {channel: 1}


def test_the_card_says_who_what_why_and_how_urgent(world: World) -> None:
    """Law: whoever opens the channel can decide from the card alone whether to take it."""
    _, seen = escalated(world)
    for word in (
        "Joy Abara · Oak Bakery · business · 12,000 USD a year · US",
        "The rota prints blank",
        HUMAN,
        "The customer wants to speak with a person. (rule human_wanted)",
        "What the agent tried",
        "Articles found",
        "P3 · other · unclaimed",
        "P3: severity 2 × impact 2 (business); 1 is now, 5 is when there is time",
        "Promised to the customer: by ",
        "Nobody has it yet",
    ):
        assert word in seen.text
    assert seen.labels == ["Claim", "Show the conversation"]


def form_of(world: World, channel: str) -> str:
    card(world, ANA, channel).press("Claim")
    return str(card(world, ANA, channel).press("Reply to customer")["view"]["blocks"])


def test_an_answer_that_a_person_is_to_give_stands_in_their_form(world: World) -> None:
    """Law: what the agent had and kept back is told, and is where the specialist starts."""
    ticket = world.write("big", "How do I export the roster as a CSV file?", "Export roster as CSV")
    words = card(world, ANA, ENTERPRISE).text
    assert "(rule high_tier)" in words
    assert "drafted an answer, which stands in the reply form" in words
    assert "Articles found:\n \nExport the roster as a CSV file" in words
    assert "choose Export and pick CSV" in form_of(world, ENTERPRISE)
    assert not any("CSV" in told for told in world.customer_reads(ticket))


def test_nobody_starts_from_an_article_before_distress(world: World) -> None:
    """Law: the article is named for whoever wants it, and the form is empty."""
    words = "I am desperate and crying, I cannot take this anymore! How do I export the roster?"
    world.write("joy", words, "Export the roster as a CSV file")
    words = card(world, ANA, ESCALATIONS).text
    assert "(rule distress)" in words
    assert "nothing; it handed over at once" in words
    assert "Export the roster as a CSV file" in words
    assert "pick CSV" not in form_of(world, ESCALATIONS)


def test_what_is_near_is_told_where_no_article_covers_it(world: World) -> None:
    """Law: whoever looks further does not begin with nothing."""
    world.write("joy", "The roster looks odd to me since the move to the new building.", "Odd")
    words = card(world, ANA, ESCALATIONS).text
    assert "none that covers it; near: Export the roster as a CSV file" in words


def test_a_subject_that_says_nothing_is_followed_by_the_first_words(world: World) -> None:
    """Law: the title says what it is about, on the card as on Home and in a reminder."""
    world.write("joy", f"The rota prints blank since Monday. {HUMAN}", "Help")
    title = "Help – The rota prints blank since Monday."
    assert card(world, ANA, ESCALATIONS).text.startswith(title)
    world.do(ANA, "open_home")
    home = world.workspace.views.home(ANA)
    assert home is not None
    assert title in words_of(home)
    world.later(minutes=15)
    assert title in direct(world, LEA)[-1].text


def test_later_words_do_not_take_the_subjects_place(world: World) -> None:
    """Law: a ticket that comes before a person after the agent's answer keeps its subject."""
    question = "How do I export the roster as a CSV file?"
    ticket = world.write("joy", question, "Export roster as CSV")
    world.write("joy", "Please let a real person look at my account now.", ticket=ticket)
    seen = card(world, ANA, ESCALATIONS)
    assert seen.text.startswith("Export roster as CSV")
    assert "let a real person look" in seen.text


def test_the_fallback_text_names_nobody(world: World) -> None:
    """Law: a lock screen shows what it is, and no word of or about anybody."""
    _, seen = escalated(world)
    promised = "an answer is promised by 2026-09-23 13:00 UTC"
    assert seen.fallback == f"Ticket #1, priority 3, other: unclaimed, {promised}."
    seen.press("Claim")
    seen = card(world, ANA, ESCALATIONS)
    assert "Ana Ruiz has it" in seen.text
    assert seen.fallback == f"Ticket #1, priority 3, other: claimed, {promised}."
    reply(world, seen, "I am on it.")
    [said] = thread(world, ANA, seen)
    assert "Ana Ruiz wrote to the customer" in said.text
    assert said.fallback == "Ticket #1: A colleague wrote to the customer"


def test_a_customers_markup_stays_text(world: World) -> None:
    """Law: customers' words become no mention, no link and no formatting in a channel."""
    words = f"<!channel> *bold* <http://x.example|click> @here {HUMAN}"
    world.write("joy", words, "<@U0BEN> please")
    seen = card(world, ANA, ESCALATIONS)
    assert words in seen.text
    members = {ANA, "U0BEN"}
    mentions = world.workspace.channels[ESCALATIONS].mentions
    assert not any(mentions.get(user) for user in members)


def test_the_customer_is_promised_a_person_and_a_time_within_working_hours(world: World) -> None:
    """Law: a time is promised only when somebody is at work then."""
    ticket, _ = escalated(world)
    [promise] = world.customer_reads(ticket)
    assert "A person on our team has your message" in promise
    assert promise.endswith("by 23 September at 15:00 (Berlin time).")


@pytest.mark.app_yaml({', hours: "Mon-Fri 09:00-17:00"': ""})
def test_no_time_is_promised_where_nobodys_hours_back_it(world: World) -> None:
    ticket, _ = escalated(world)
    [promise] = world.customer_reads(ticket)
    assert "September" not in promise


@pytest.mark.app_yaml(
    {
        ', hours: "Mon-Fri 09:00-17:00"': "",
        "slack: U0GUS": 'slack: U0GUS, hours: "Mon-Sun 00:00-23:59"',
    }
)
def test_no_time_is_promised_on_the_hours_of_somebody_elses_partner(world: World) -> None:
    """Law: only those who may answer this customer's account back a promise to them."""
    ticket, _ = escalated(world)
    [promise] = world.customer_reads(ticket)
    assert "September" not in promise


def test_a_ticket_is_escalated_once_whatever_its_customer_adds(world: World) -> None:
    """Law: one channel post and one thread per escalation."""
    ticket, seen = escalated(world)
    world.write("joy", "Hello? I asked for a person!", ticket=ticket)
    assert len(messages(world, ANA, ESCALATIONS)) == 1
    assert len(thread(world, ANA, seen)) == 1


def test_what_an_article_covers_is_answered_and_says_who_wrote_it(world: World) -> None:
    """Law: routine questions are answered at once, and the answer says that an AI wrote it."""
    ticket = world.write("joy", "How do I export the roster as a CSV file?", "Export roster as CSV")
    [answer] = world.customer_reads(ticket)
    assert "Open Roster, choose Export and pick CSV." in answer
    assert "AI" in answer
    assert messages(world, ANA, ESCALATIONS) == []
