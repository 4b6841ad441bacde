"""What a question may name: what is this customer's already, or stands in an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.briefing import Briefing, CustomerFacts, Passage, Said
from bot.agent.strangers import known_of, strangers_in
from bot.agent.words.inquiry import QUESTIONS
from tests.agent.tickets import NOW

BRIEFING = Briefing(
    ticket=7,
    subject="Roster",
    said=(Said("customer", "The Planner of Oak Bakery fails. Greetings, Joy O'Brien", NOW),),
    customer=CustomerFacts(3, products=("Sync",), region="eu"),
    passages=(Passage("a", "Timesheets", "Press Approve in Shifts.", 0.9),),
)
KNOWN = known_of(BRIEFING)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Is it right that Acme Corp cancelled because of Mr Miller?"),
        ("en", "Did McAllister tell you so?"),
        ("en", "Was it Acme's account?"),
        ("en", "Is it order A4711?"),
        ("de", "Hat Frau Schneider das so gesagt?"),
        ("de", "Geht es um die Firma Nordwind?"),
        ("de", "Arbeiten Sie mit Nordwind zusammen?"),
        ("de", "Ist es der Auftrag BX17?"),
        ("fr", "Est-ce que Monsieur Duval a annulé ?"),
        ("fr", "Travaillez-vous avec Boulangerie Duval ?"),
        ("es", "¿Se refiere a la cuenta de Talleres Robles?"),
        ("pt", "Refere-se à conta da Padaria Moreira?"),
        ("it", "Si tratta del conto di Rossi Trasporti?"),
        ("nl", "Gaat het om de rekening van Bakkerij Visser?"),
    ],
)
def test_nobody_is_told_of_somebody_else(language: str, question: str) -> None:
    """Law: a name or figure that this customer never told is not asked about."""
    assert strangers_in(question, KNOWN, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Does the Planner show an error, Joy O'Brien?"),
        ("en", "Do you press Approve in Shifts or in Sync?"),
        ("en", "Which URL do you open, and in Chrome or Safari on Windows?"),
        ("en", "Did it begin on Monday, and do I see it right that Oak Bakery's roster is empty?"),
        ("de", "Welche genaue Fehlermeldung zeigt Ihnen der Planner an?"),
        ("de", "Seit wann ist das so, und betrifft es alle Kollegen?"),
        ("fr", "Depuis quand le Planner ne répond-il plus ?"),
        ("es", "¿Desde cuándo falla el Planner en Chrome?"),
        ("it", "Da quando il Planner non risponde?"),
        ("nl", "Sinds wanneer werkt de Planner niet meer?"),
        *((code, each) for asked in QUESTIONS.values() for code, each in asked.items()),
    ],
)
def test_what_is_theirs_may_be_asked_about(language: str, question: str) -> None:
    """Law: the customer's own words, their record, articles and what everybody knows."""
    assert strangers_in(question, KNOWN, language) == ()


@given(st.lists(st.from_regex(r"[A-Za-zÄÖÜäöüßé]{1,9}", fullmatch=True)))
def test_a_question_of_their_own_words_names_no_stranger(words: list[str]) -> None:
    """Law: whatever a customer wrote may be asked about."""
    text = " ".join(words)
    told = Briefing(ticket=1, subject=text, said=())

    assert strangers_in(text, known_of(told), "en") == ()
