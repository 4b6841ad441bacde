"""Finding articles by words: the same promises on both databases."""

import pytest
from sqlalchemy import select, text

from storage.engine import Engine, is_sqlite
from storage.models import Article, ArticleState, Audience
from storage.search import ARTICLES as ARTICLES_LOOKED_AT
from storage.search import MAX_WORDS, Found, Search, Sight, content_words
from storage.search.postgres import PostgresIndex
from storage.search.sqlite import SqliteIndex
from storage.search.words import Asked
from storage.unit_of_work import UnitOfWork

ARTICLES = {
    "password": ("Reset your password", "", "Open the sign-in page and press Forgot password."),
    "invoice": ("Find an invoice", "Where bills are", "Settings, Billing, Invoices. Download it."),
    "refund": ("Refunds", "When we pay money back", "We refund a duplicate within five days."),
    "export": ("Export your data", "", "Choose a range, then download everything as a file."),
    "zurueck": ("Passwort zurücksetzen", "", "Öffnen Sie die Anmeldung und klicken Sie."),
    "café": ("Café mode", "", "A quiet layout for the café and the naïve reader."),
}


@pytest.fixture
def stocked(engine: Engine) -> Engine:
    with UnitOfWork(engine) as uow:
        for ref, (title, summary, body) in ARTICLES.items():
            article = uow.articles.add(Article(ref=ref, title=title, summary=summary, body=body))
            Search(uow.session).index(article)
        uow.commit()
    return engine


def find(engine: Engine, question: str, limit: int = 5) -> list[Found]:
    with UnitOfWork(engine) as uow:
        return Search(uow.session).articles(question, limit)


def refs(engine: Engine, question: str, limit: int = 5) -> list[str]:
    return [found.ref for found in find(engine, question, limit)]


def test_the_best_article_comes_first(stocked: Engine) -> None:
    """
    Case, endings and common words do not matter; titles and summaries are searched as bodies are.
    """
    best = {
        "How do I reset my password?": "password",
        "I forgot my password and can't sign in": "password",
        "where do I find the invoices of last year": "invoice",
        "Please REFUND me, I was refunded only once": "refund",
        "downloading all my data": "export",
        "Passwort zurücksetzen bitte": "zurueck",
        "what about the bills": "invoice",
    }

    assert {question: refs(stocked, question)[0] for question in best} == best


def test_one_common_word_is_enough_to_be_found(stocked: Engine) -> None:
    """
    Words are alternatives: a long question is not lost because one word is nowhere.
    """
    assert "refund" in refs(stocked, "the gizmo flickers and I want a refund for the sprocket")


def test_a_title_counts_for_more_than_a_body(engine: Engine) -> None:
    """
    An article about a thing goes before one that mentions it.
    """
    with UnitOfWork(engine) as uow:
        for ref, title, body in (
            ("mentions", "Settings of the account", "Here webhooks can be switched on."),
            ("about", "Webhooks", "They can be switched on for the account."),
        ):
            article = uow.articles.add(Article(ref=ref, title=title, body=body))
            Search(uow.session).index(article)
        uow.commit()

    assert refs(engine, "webhooks") == ["about", "mentions"]


def test_scores_fall_and_are_positive(stocked: Engine) -> None:
    """
    Greater is better, on both databases alike.
    """
    scores = [found.score for found in find(stocked, "download an invoice file of my data")]

    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_a_found_article_carries_what_a_reader_needs(stocked: Engine) -> None:
    """
    Title, language, and summary and body in one text.
    """
    [found] = find(stocked, "duplicate refund", limit=1)

    assert (found.ref, found.title, found.language) == ("refund", "Refunds", "en")
    assert found.text == "When we pay money back\nWe refund a duplicate within five days."


def test_a_changed_article_is_found_by_its_new_words_alone(stocked: Engine) -> None:
    """
    Indexing again replaces what stood there.
    """
    with UnitOfWork(stocked) as uow:
        article = uow.articles.by_ref("export")
        assert article is not None
        article.title, article.body = "Archive a project", "Projects rest in the archive."
        uow.session.flush()
        Search(uow.session).index(article)
        uow.commit()

    assert refs(stocked, "export range") == []
    assert refs(stocked, "archived projects") == ["export"]


def test_what_stands_in_the_subject_counts_for_more(stocked: Engine) -> None:
    """
    Whoever writes a ticket says in the subject what it is about.
    """
    words = "the invoices of a refund"
    with UnitOfWork(stocked) as uow:
        search = Search(uow.session)
        first = {
            subject: search.articles(words, 1, subject=subject)[0].ref
            for subject in ("Refund", "Invoices")
        }

    assert first == {"Refund": "refund", "Invoices": "invoice"}


def test_public_articles_are_found_behind_any_number_of_internal_ones(engine: Engine) -> None:
    """
    Whoever may not read the better ones gets the best that they may read.
    """
    with UnitOfWork(engine) as uow:
        for number in range(ARTICLES_LOOKED_AT + 5):
            article = Article(
                ref=f"internal-{number}", title="Webhooks", audience=Audience.INTERNAL
            )
            Search(uow.session).index(uow.articles.add(article))
        far = uow.articles.add(Article(ref="far", title="Other", body="x " * 200 + "webhooks"))
        Search(uow.session).index(far)
        found = Search(uow.session).articles("webhooks")

    assert [one.ref for one in found] == ["far"]


IN_THEIR_LANGUAGE = (
    ("de", "Rechnungen herunterladen", "die heruntergeladene Rechnung"),
    ("es", "Descargar facturas", "no puedo descargarla, la factura"),
    ("fr", "Télécharger les factures", "la facture téléchargée"),
    ("nl", "Facturen", "een factuur"),
    ("ja", "請求書", "請求書"),
)


@pytest.mark.parametrize(("language", "title", "question"), IN_THEIR_LANGUAGE)
def test_an_article_is_stemmed_as_its_language_is(
    engine: Engine, language: str, title: str, question: str
) -> None:
    """
    PostgreSQL knows the endings of several languages; whatever else is written is found as it
    stands. SQLite knows English endings, which some share.
    """
    with UnitOfWork(engine) as uow:
        article = uow.articles.add(Article(ref="it", title=title, language=language))
        Search(uow.session).index(article)
        uow.commit()

    is_foreign_to_it = is_sqlite(engine) and language in ("de", "nl")
    assert refs(engine, question) == ([] if is_foreign_to_it else ["it"])


def test_what_has_only_the_most_common_words_is_not_ranked_among_many(engine: Engine) -> None:
    """
    However many articles there are, no more are ranked than those of the rarest words that make up
    what is wanted; whoever wants more than that gets everything.
    """
    with UnitOfWork(engine) as uow:
        for number in range(30):
            told = ("Settings", "") if number > 23 else ("Notes", "other words " * 50)
            title, body = ("Notes", "webhooks " + "other words " * 90) if number < 3 else told
            article = uow.articles.add(Article(ref=f"a{number}", title=title, body=body))
            Search(uow.session).index(article)
        uow.commit()
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    limited = SqliteIndex if is_sqlite(engine) else PostgresIndex
    wanted = Asked(("settings", "webhooks"))
    with UnitOfWork(engine) as uow:
        rare = set(uow.session.scalars(select(Article.id).where(Article.title == "Notes")))
        whole = limited(uow.session).articles(wanted, 3)
        few = limited(uow.session, share=0, least=3).articles(wanted, 3)
        beyond = limited(uow.session, share=0, least=3).articles(wanted, 9)

    assert not rare.issuperset(whole)
    assert len(few) == 3 and rare.issuperset(few)
    assert len(beyond) == 9 and list(beyond)[:3] == list(whole)


def test_what_was_not_committed_is_not_found(stocked: Engine) -> None:
    """
    The index belongs to the transaction of the article.
    """
    with UnitOfWork(stocked) as uow:
        article = uow.articles.add(Article(ref="lost", title="Zeppelin", body="Zeppelin."))
        Search(uow.session).index(article)

    assert refs(stocked, "zeppelin") == []


NO_QUERIES = (
    "",
    "   ",
    "?!",
    "the and of",
    '" OR 1=1 --',
    "password' & !invoice | ()",
    "NEAR(password invoice)",
    "title:password*",
    "a:b & c:* <-> d",
    "\x00 null",
    "\ud83d\ude00 😀 emoji",
    "漢字と仮名",
    "x" * 30_000,
    " ".join(f"word{n}" for n in range(5000)),
)


def test_no_question_is_a_query(stocked: Engine) -> None:
    """
    Whatever a customer writes is words to look for; it neither breaks nor steers the search.
    """
    assert all(len(find(stocked, question)) <= 5 for question in NO_QUERIES)


def test_limits_hold(stocked: Engine) -> None:
    """
    Never more than was asked for.
    """
    assert len(refs(stocked, "password invoice refund export", limit=2)) == 2


def test_content_words_are_few_and_distinct() -> None:
    """
    Common words, repetitions and whatever is beyond the limit are left out, in order.
    """
    assert content_words("How do I RESET the reset password?") == ["reset", "password"]
    assert len(content_words(" ".join(f"word{n}" for n in range(5000)))) == MAX_WORDS


def test_only_what_is_published_is_found(engine: Engine) -> None:
    """
    Whoever may see everything still sees no draft, nothing in review and nothing retired.
    """
    with UnitOfWork(engine) as uow:
        for each in ArticleState:
            article = uow.articles.add(Article(ref=each.value, title="Zebra", state=each))
            Search(uow.session).index(article)
        uow.commit()
        everything = Sight(internal=True, restricted=tuple(range(100)))
        found = Search(uow.session).articles("zebra", 9, everything)
    assert [one.ref for one in found] == ["published"]
