"""How a text to a customer reads: few findings, each of them sure."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.answers import thanks
from bot.flows.triage.words import a_person_will_answer, ai_wrote_this, asking
from bot.wording.findings import NAMES, look, promised_in
from bot.wording.reading import Circumstances
from bot.wording.times import read_time

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Berlin
ABOUT = Circumstances(NOW, zone="Europe/Berlin")
LETTER = (
    "Hello Joy, the export stops at 500 rows because of a filter. Please open Data, remove the "
    "filter and export again. If it still stops, reply here and I will look at it."
)
LANGUAGES = ("en", "de", "es", "fr", "pt")


def names(text: str, about: Circumstances = ABOUT) -> list[str]:
    return [finding.name for finding in look(text, about)]


def test_a_good_letter_has_no_finding() -> None:
    assert names(LETTER, replace(ABOUT, language="en")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We apologize for any inconvenience.", "canned_apology"),
        ("Wir entschuldigen uns für die Unannehmlichkeiten.", "canned_apology"),
        ("Disculpe las molestias.", "canned_apology"),
        ("Veuillez nous excuser pour la gêne occasionnée.", "canned_apology"),
        ("Pedimos desculpa pelo transtorno.", "canned_apology"),
        ("You should have read the manual.", "blame"),
        ("As I already told you, press Save.", "blame"),
        ("Wie bereits gesagt, drücken Sie Speichern.", "blame"),
        ("Usted debería haber leído el correo.", "blame"),
        ("Vous auriez dû lire le message.", "blame"),
        ("Você deveria ter lido a mensagem.", "blame"),
        ("The payload is deprecated.", "jargon"),
        ("We found a race condition.", "jargon"),
        ("I promise it works.", "promised_outcome"),
        ("This will never happen again.", "promised_outcome"),
        ("Wir garantieren, dass es klappt.", "promised_outcome"),
        ("Le prometemos: no volverá a ocurrir.", "promised_outcome"),
        ("I will get back to you by tomorrow 5 pm.", "promised_time"),
        ("It will be fixed within two days.", "promised_time"),
        ("I call you at 16:30.", "promised_time"),
        ("Tomorrow at 9 we get back to you.", "promised_time"),
        ("Ich melde mich bis morgen um 17 Uhr.", "promised_time"),
        ("Le responderemos en 2 horas.", "promised_time"),
        ("Nous vous répondrons d'ici demain.", "promised_time"),
        ("Vamos responder em 24 horas.", "promised_time"),
    ],
)
def test_each_rule_finds_what_it_is_named_for(text: str, name: str) -> None:
    """Law: a stable name, the words it is about, and what to do instead."""
    [finding] = [one for one in look(text, ABOUT) if one.name == name]

    assert finding.words in text
    assert finding.words
    assert finding.suggestion
    assert name in NAMES


@pytest.mark.parametrize(
    "text",
    [
        "Restart the app within 10 minutes.",
        "I refunded it yesterday.",
        "You should have a menu at the top.",
        "I am sorry that the report was lost.",
        "We looked at it in 2 hours.",
        "I write to you because your plan ends tomorrow at 5 pm.",
        "We call this a handover; it ends at 16:30.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    """Law: whoever is warned for nothing reads no further warning."""
    assert names(text) == []


def test_what_the_customer_said_first_is_no_jargon() -> None:
    """Law: words of theirs are answered with the same words, and explained ones are fine."""
    assert names("The endpoint is back.") == ["jargon"]
    assert names("The endpoint is back.", replace(ABOUT, wrote="Your endpoint fails")) == []
    assert names("The endpoint (the address your shop calls) is back.") == []


def test_a_promise_with_something_behind_it_may_be_made() -> None:
    """Law: a record that reminds somebody, or an article's own sentence, backs a time."""
    text = "We will send it within two days."

    assert names(text) == ["promised_time"]
    assert names(text, replace(ABOUT, is_recorded=True)) == []
    assert names(text, replace(ABOUT, backing=f"Orders.\n{text} Bye.")) == []


def test_a_refund_is_promised_by_whoever_approved_it() -> None:
    """Law: an approved act backs its outcome, and no guarantee."""
    granted = replace(ABOUT, is_granted=True)

    assert names("Your refund has been approved.") == ["promised_outcome"]
    assert names("Your refund has been approved.", granted) == []
    assert names("We guarantee it.", granted) == ["promised_outcome"]


def test_what_an_article_names_is_no_time_of_ours() -> None:
    """Law: of a thing an article may tell the span in other words; a deed of ours is still ours."""
    told = replace(ABOUT, backing="Refunds: money is back after 5 days at the latest.")

    assert names("It should arrive within 5 days.") == ["promised_time"]
    assert names("It should arrive within 5 days.", told) == []
    assert names("I will answer within 5 days.", told) == ["promised_time"]


def test_who_is_upset_is_first_shown_that_somebody_has_seen_it() -> None:
    upset = replace(ABOUT, upset=True)

    assert names("Press Save again.", upset) == ["no_acknowledgement"]
    assert names("Thanks for your message. Press Save again.", upset) == ["no_acknowledgement"]
    assert names("I am sorry about the lost hour. Press Save again.", upset) == []


def test_a_letter_says_what_comes_next() -> None:
    long = "The report of March holds four hundred rows and the report of April holds none at all "
    assert names(long * 3) == ["no_next_step"]
    assert names(f"{long * 3} Does that help?") == []


def test_an_answer_in_another_language_is_grave() -> None:
    """Law: a word or two are not judged, and neither is a text in a language that nothing here can
    tell; two that are hardly told apart are one."""
    assert names(LETTER, replace(ABOUT, language="de")) == ["wrong_language"]
    assert look(LETTER, replace(ABOUT, language="de"))[0].grave
    assert names("Press Save.", replace(ABOUT, language="de")) == []
    for language in ("it", "nl", "pl", "ja"):
        assert names(LETTER, replace(ABOUT, language=language)) == ["wrong_language"]
    assert names(LETTER, replace(ABOUT, language="tlh")) == []
    danish = "Åbn rapporten, fjern filteret og eksporter den igen, så vises alle rækkerne."
    assert names(danish, replace(ABOUT, language="sv")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_fixed_sentences_read_well(language: str) -> None:
    """Law: what we would warn a person of, we do not write ourselves."""
    about = replace(ABOUT, language=language)
    for text in (
        a_person_will_answer(language, None, "UTC"),
        ai_wrote_this(language),
        asking(language, ("?", "?")),
        thanks(language)[0].text,
    ):
        assert look(text, about) == ()


@given(st.text(max_size=400))
def test_any_text_is_looked_at(text: str) -> None:
    """Law: no text stops the check, and grave findings come first."""
    found = look(text, replace(ABOUT, language="en", upset=True))

    assert [one.grave for one in found] == sorted((one.grave for one in found), reverse=True)
    assert {one.name for one in found} <= set(NAMES)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("tomorrow 17:00", "2026-03-03T16:00"),
        ("by tomorrow 5 pm", "2026-03-03T16:00"),
        ("2h", "2026-03-02T11:00"),
        ("17:30", "2026-03-02T16:30"),
        ("2026-03-04", "2026-03-04T16:00"),
        ("2026-03-04 09:15", "2026-03-04T08:15"),
        ("Friday", "2026-03-06T16:00"),
        ("Mittwoch 10 Uhr", "2026-03-04T09:00"),
        ("in 3 business days", "2026-03-05T09:00"),
        ("mañana", "2026-03-03T16:00"),
        ("tomorrow at 17:00", "2026-03-03T16:00"),
        ("at 17:00 tomorrow", "2026-03-03T16:00"),
        ("at 8:00", "2026-03-03T07:00"),
        ("10 March at 9am", "2026-03-10T08:00"),
        ("bis zum 10.3.", "2026-03-10T16:00"),
        ("10.03.2026, 14 Uhr", "2026-03-10T13:00"),
        ("by the 1st", "2026-04-01T15:00"),
        ("in 2-3 days", "2026-03-05T09:00"),
        ("in half an hour", "2026-03-02T09:30"),
        ("in the next few hours", "2026-03-02T12:00"),
        ("next week", "2026-03-13T16:00"),
        ("end of the month", "2026-03-31T15:00"),
        ("le 10 mars à 14h", "2026-03-10T13:00"),
        ("domani alle 9", "2026-03-03T08:00"),
        ("over 2 dagen", "2026-03-04T09:00"),
        ("d'ici vendredi", "2026-03-06T16:00"),
    ],
)
def test_a_time_is_read_by_the_writers_clock(typed: str, at: str) -> None:
    """Law: a day without an hour means its working hours."""
    assert read_time(typed, NOW, "Europe/Berlin") == datetime.fromisoformat(f"{at}+00:00")


@pytest.mark.parametrize("typed", ["soon", "2026-02-01", "2026-13-45", "8:00", "", "99:99"])
def test_what_is_no_time_ahead_is_none(typed: str) -> None:
    assert read_time(typed, NOW, "Europe/Berlin") is None


@given(st.text(max_size=80))
def test_a_time_that_is_read_is_always_ahead(typed: str) -> None:
    at = read_time(typed, NOW, "Europe/Berlin")

    assert at is None or at > NOW


def test_a_promise_is_somebodys_deed_and_its_time() -> None:
    told = promised_in("Wait. We will write again by Friday.", NOW, "Europe/Berlin")

    assert told is not None
    assert told.words == "by Friday"
    noon = promised_in("I will call you on 04/03/2026 at noon.", NOW, "America/New_York")
    assert noon is not None
    assert noon.at == datetime(2026, 4, 3, 16, 0, tzinfo=UTC)
    assert promised_in("The shop closes on Friday.", NOW, "Europe/Berlin") is None
