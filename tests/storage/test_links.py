"""What was linked to past tickets is found for tickets like them: the same on both databases."""

import pytest
from sqlalchemy import column, select, table, text

from storage.engine import Engine, is_sqlite
from storage.erasure import erase, rewrite
from storage.models import Article
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_customer, a_ticket

ARTICLES = {
    "printing": ("Print a roster", "Choose Print and the size of the paper."),
    "zoom": ("Scale of a page", "Set the scale to one hundred per cent."),
    "export": ("Export your data", "Choose a range, then download everything as a file."),
}
SUBJECT, WORDS = "Roster comes out blank", "Nothing but an empty sheet since Tuesday, yours Zenobia"


@pytest.fixture
def stocked(engine: Engine) -> Engine:
    with UnitOfWork(engine) as uow:
        for ref, (title, body) in ARTICLES.items():
            article = uow.articles.add(Article(ref=ref, title=title, body=body))
            Search(uow.session).index(article)
        uow.commit()
    return engine


def link(engine: Engine, *refs: str, ticket: str = "t-1", weight: float = 1.0) -> None:
    """A ticket told in `WORDS`, with these articles as what solved it."""
    with UnitOfWork(engine) as uow:
        customer = uow.customers.by_ref("import", "cus_1") or a_customer(uow)
        row = uow.tickets.by_ref("zendesk", ticket) or a_ticket(uow, customer, ticket)
        for ref in refs:
            article = uow.articles.by_ref(ref)
            assert article is not None
            uow.links.put(row.id, article.id, weight, "ana", NOW)
        Search(uow.session).learn(row.id, SUBJECT, WORDS, "en")
        uow.commit()


def refs(engine: Engine, question: str, subject: str = "") -> list[str]:
    with UnitOfWork(engine) as uow:
        return [found.ref for found in Search(uow.session).articles(question, subject=subject)]


def test_an_article_is_found_by_the_words_of_a_ticket_that_it_solved(stocked: Engine) -> None:
    """
    Though none of them stands in it; and from the commit on, without any training.
    """
    assert "zoom" not in refs(stocked, "an empty sheet is all I get")
    link(stocked, "zoom")
    assert refs(stocked, "an empty sheet is all I get")[0] == "zoom"


def test_what_solved_a_ticket_like_it_goes_before_what_only_uses_the_words(
    stocked: Engine,
) -> None:
    """
    Both lists are one.
    """
    assert refs(stocked, "the roster is blank")[0] == "printing"
    link(stocked, "zoom")
    found = refs(stocked, "since Tuesday an empty sheet", subject="The roster is blank")
    assert found[:2] == ["zoom", "printing"]


def test_a_ticket_told_again_is_known_by_its_new_words_alone(stocked: Engine) -> None:
    """
    Learning again replaces what stood there.
    """
    link(stocked, "zoom")
    with UnitOfWork(stocked) as uow:
        ticket = uow.tickets.by_ref("zendesk", "t-1")
        assert ticket is not None
        Search(uow.session).learn(ticket.id, "Letters are tiny", "I cannot read them.", "en")
        uow.commit()
    assert refs(stocked, "tiny letters") == ["zoom"]
    assert refs(stocked, "empty sheet") == []


def test_past_tickets_are_told_with_how_much_they_are_alike(stocked: Engine) -> None:
    """
    The nearest first; one without a link is not among them.
    """
    link(stocked, "zoom")
    with UnitOfWork(stocked) as uow:
        a_ticket(uow, uow.customers.get(1), "t-2")
        [(ticket, like)] = Search(uow.session).tickets("an empty sheet").items()
        known = uow.tickets.by_ref("zendesk", "t-1")
        assert known is not None and ticket == known.id and like > 0


def test_a_weaker_finding_leaves_a_stronger_one(stocked: Engine) -> None:
    """
    A ticket and an article have one link.
    """
    for weight in (1.0, 2.0, 0.5):
        link(stocked, "zoom", weight=weight)
    with UnitOfWork(stocked) as uow:
        assert [one.weight for one in uow.links.of_ticket(1)] == [2.0]


def test_of_an_erased_customer_no_word_is_left_in_any_index(stocked: Engine) -> None:
    """
    Nor any stem of one in the files below it; that the article solved a ticket stays known.
    """
    link(stocked, "zoom")
    assert "zenobia" in stems(stocked)
    with UnitOfWork(stocked) as uow:
        erase(uow, 1, NOW)
        uow.commit()
    assert stems(stocked) == set()
    assert refs(stocked, "an empty sheet since Tuesday") == []
    with UnitOfWork(stocked) as uow:
        assert len(uow.links.of_ticket(1)) == 1
    if is_sqlite(stocked):
        assert rewrite(stocked)
        assert b"zenobi" not in b"".join(blocks(stocked))


def test_of_an_erased_customer_no_word_is_left_where_an_article_named_them(
    stocked: Engine,
) -> None:
    """
    Nor any stem of one in the files below its index.
    """
    link(stocked, "zoom")
    with UnitOfWork(stocked) as uow:
        article = uow.articles.by_ref("zoom")
        told = uow.customers.text(1)
        assert article is not None and told is not None
        told.name = "Zenobia Quist"
        article.body = "Ask Zenobia Quist."
        Search(uow.session).index(article)
        uow.commit()
    with UnitOfWork(stocked) as uow:
        erase(uow, 1, NOW)
        uow.commit()
    assert refs(stocked, "zenobia") == []
    if is_sqlite(stocked):
        assert rewrite(stocked)
        assert b"zenobi" not in b"".join(blocks(stocked, "article_index"))


def stems(engine: Engine) -> set[str]:
    """What the index of tickets has of their words."""
    query = "SELECT unnest(tsvector_to_array(words)) FROM ticket_index"
    with UnitOfWork(engine) as uow:
        if is_sqlite(engine):
            made = "CREATE VIRTUAL TABLE temp.stems USING fts5vocab (main, ticket_index, row)"
            uow.session.execute(text(made))
            query = "SELECT term FROM temp.stems WHERE term GLOB '[a-z]*'"
        return set(uow.session.scalars(text(query)))


def blocks(engine: Engine, index: str = "ticket_index") -> list[bytes]:
    """What FTS5 keeps of the index, whether or not it still finds anything by it."""
    with UnitOfWork(engine) as uow:
        return list(
            uow.session.scalars(select(column("block")).select_from(table(f"{index}_data")))
        )
