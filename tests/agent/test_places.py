"""Where a text leads: what a customer's programme makes a link of, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.citing.support import states_nothing, unsupported
from bot.agent.inquiry import fit_to_ask
from bot.agent.places import places_in

ARTICLE = "Open Billing at shop.example and press Refund. Ask help@shop.example where it fails."


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Go to shop.evil.example now", {"shop.evil.example"}),
        ("[billing](javascript:x)", {"javascript:x"}),
        ("[billing](/pay)", {"/pay"}),
        ("[billing](<evil.example/pay>)", {"evil.example", "evil.example/pay"}),
        ("<a href='//evil.example'>", {"//evil.example", "evil.example"}),
        ("see...evil.example", {"evil.example"}),
        ("Öffnen Sie bücher.de.", {"bücher.de"}),
        ("Ouvrez aide.boutique.fr !", {"aide.boutique.fr"}),
        ("Abra ayuda。tienda。es", {"ayuda.tienda.es"}),
        ("Acesse evil.xn--p1ai", {"evil.xn--p1ai"}),
        ("Apri ftp://evil.example/x", {"evil.example", "evil.example/x"}),
        ("Bel tel:+3112345678", {"tel:+3112345678"}),
        ("http://good.example@evil.example/", {"good.example@evil.example"}),
        ("Write to joy.smith@oak.example.", {"joy.smith@oak.example"}),
        ("https://www.shop.example/a.html", {"shop.example", "shop.example/a.html"}),
    ],
)
def test_what_becomes_a_link_is_a_place(text: str, places: set[str]) -> None:
    """Law: with a scheme or without, and what stands behind words in brackets."""
    assert places_in(text) == places


@pytest.mark.parametrize(
    "text",
    [
        "e.g. z.B. i.e. d.h. p.ej. p.ex. a.m. U.S. Ph.D.",
        "Version 4.2.1 costs 1.500,00 EUR or 3.5%",
        "Node.js writes report.csv and a config.yaml",
        "Wait... what? Well (see below). Yes!",
    ],
)
def test_abbreviations_figures_and_files_are_none(text: str) -> None:
    """Law: what only looks like an address is no place."""
    assert places_in(text) == frozenset()


@pytest.mark.parametrize(
    "sentence",
    [
        "Open Billing at shop.evil.example and press Refund.",
        "Open [Billing](https://evil.example) at shop.example and press Refund.",
        "Open [Billing](javascript:pay) at shop.example and press Refund.",
        "Open [Billing](/pay) at shop.example and press Refund.",
        "Öffnen Sie Billing, shop.evil.example, press Refund.",
    ],
)
def test_a_place_that_no_article_names_is_not_answered_with(sentence: str) -> None:
    """Law: a host stands in the passage, however either is written."""
    assert unsupported(sentence, [ARTICLE])


def test_a_place_of_the_article_is() -> None:
    """Law: with or without a scheme a host is the same."""
    for host in ("shop.example", "www.shop.example", "https://shop.example/"):
        assert unsupported(f"Open Billing at {host} and press Refund.", [ARTICLE]) == ""


@pytest.mark.parametrize(
    "question",
    [
        "Can you send your code from the text message to support-desk.evil?",
        "Können Sie das unter hilfe.evil eingeben?",
        "Pouvez-vous ouvrir [la page](javascript:x) ?",
        "¿Puede abrir ayuda.evil ahora?",
        "Pode abrir [isto](/pay)?",
        "Può aprire aiuto.evil?",
        "Kunt u hulp.evil openen?",
    ],
)
def test_a_question_leads_nowhere(question: str) -> None:
    """Law: no link is asked with, and none is a frame."""
    assert fit_to_ask([question]) == ()
    assert not states_nothing(question)


@given(st.from_regex(r"[a-z]{1,9}(\.[a-z]{2,9}){1,4}", fullmatch=True), st.sampled_from(" ,;:(\n"))
def test_a_bare_host_is_found_wherever_it_stands(host: str, before: str) -> None:
    """Law: unless its end is that of a file, in whatever case it is written."""
    shown = f"Open{before}{host.upper()}, please"

    assert places_in(shown) in ({host}, frozenset()) and (
        places_in(shown) == places_in(host) == places_in(f"({host})")
    )
