"""Finding articles by what they mean, with the model that is installed: the same promises on both
databases."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import select

from bot.config.extras import has_embeddings
from storage.engine import Engine
from storage.knowledge_erasure import erase_from_knowledge
from storage.models import Article, ArticleState, Audience, CustomerText, Meaning
from storage.search import INTERNAL, PUBLIC, Nearest, Search, Sight
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

pytestmark = pytest.mark.skipif(
    not has_embeddings(), reason="the extra 'embeddings' is not installed"
)
Look = Callable[[], UnitOfWork]
LOCKED_OUT = "I cannot get into my account any more"
ARTICLES = {
    "password": ("Reset your password", "Press Forgot on the sign-in page."),
    "refund": ("Refunds", "We pay money back within five days."),
    "roster": ("Print a roster", "Choose Print and a size of paper."),
}


@pytest.fixture
def nearest() -> Nearest:
    return Nearest()


def publish(writer: Writer, ref: str, title: str, body: str, **facts: object) -> None:
    def put(uow: UnitOfWork) -> None:
        article = uow.articles.by_ref(ref)
        if article is None:
            article = uow.articles.add(Article(ref=ref, title=title, body=body, **facts))
        article.title, article.body = title, body
        uow.session.flush()
        Search(uow.session).index(article)

    writer.run(put)


def read(nearest: Nearest, look: Look, writer: Writer) -> int:
    """What had no vector; each has one then."""
    count = 0
    while unread := nearest.next(look):
        writer.run(partial(nearest.put, unread, nearest.read(unread)))
        count += 1
    return count


@pytest.fixture
def stocked(writer: Writer, look: Look, nearest: Nearest) -> Nearest:
    for ref, (title, body) in ARTICLES.items():
        publish(writer, ref, title, body)
    assert nearest.behind(look) == read(nearest, look, writer) == len(ARTICLES)
    return nearest


def refs(
    look: Look, nearest: Nearest | None, question: str = LOCKED_OUT, sight: Sight = PUBLIC
) -> list[str]:
    with look() as uow:
        return [one.ref for one in Search(uow.session, nearest).articles(question, 5, sight)]


def test_an_article_that_shares_no_word_with_the_question_is_found(
    stocked: Nearest, look: Look
) -> None:
    """
    What people ask in other words than the article's finds it, and nothing that is far from it.
    """
    assert refs(look, stocked) == ["password"]
    assert refs(look, stocked, "please reimburse me") == ["refund"]
    assert refs(look, stocked, "llamas at midnight") == []


def test_whoever_searches_without_the_model_finds_what_words_find(
    stocked: Nearest, look: Look
) -> None:
    """
    Vectors in the database change nothing for them, scores included.
    """
    question = "print my roster"
    assert refs(look, None) == []
    with look() as uow:
        [plain] = Search(uow.session).articles(question, 1)
        [found] = Search(uow.session, stocked).articles(question, 1)

    assert (plain.ref, plain.near, plain.proved) == ("roster", 0.0, plain.score)
    assert found.score > plain.score and found.proved == pytest.approx(plain.score)


def test_what_somebody_may_not_read_is_not_found_by_its_meaning_either(
    look: Look, writer: Writer, nearest: Nearest
) -> None:
    """
    Restricted articles are found by their readers, internal ones by colleagues, drafts by nobody.
    """
    title, body = ARTICLES["password"]
    publish(writer, "restricted", title, body, audience=Audience.RESTRICTED)
    publish(writer, "internal", title, body, audience=Audience.INTERNAL)
    publish(writer, "draft", title, body, state=ArticleState.DRAFT)
    assert read(nearest, look, writer) == 2
    with look() as uow:
        article = uow.articles.by_ref("restricted")
        assert article is not None
    reader = Sight(internal=True, restricted=(article.id,))

    assert refs(look, nearest) == []
    assert refs(look, nearest, sight=INTERNAL) == ["internal"]
    assert refs(look, nearest, sight=reader) == ["restricted", "internal"]


def test_an_edited_article_is_near_what_it_says_now(
    stocked: Nearest, look: Look, writer: Writer
) -> None:
    """
    From the edit on nothing of its old meaning finds it, and once it is read its new one does; in
    every process that has the old vectors in memory.
    """
    elsewhere = Nearest()
    assert refs(look, elsewhere) == ["password"]
    publish(writer, "password", "Bring your dog", "Pets are welcome on Fridays.")
    assert refs(look, elsewhere) == []
    assert read(stocked, look, writer) == 1

    assert refs(look, elsewhere) == []
    assert refs(look, elsewhere, "may my puppy come along to work?") == ["password"]


def test_words_that_changed_while_they_were_read_are_read_again(
    look: Look, writer: Writer, nearest: Nearest
) -> None:
    """
    Whoever is faster is not overtaken by a vector of what stood there before.
    """
    publish(writer, "it", *ARTICLES["password"])
    unread = nearest.next(look)
    assert unread is not None
    vector = nearest.read(unread)
    publish(writer, "it", *ARTICLES["refund"])
    writer.run(partial(nearest.put, unread, vector))

    assert refs(look, nearest) == []
    assert nearest.behind(look) == 1


def test_an_article_whose_words_stay_is_not_read_again(
    stocked: Nearest, look: Look, writer: Writer
) -> None:
    """
    A new owner or audience says nothing else.
    """
    publish(writer, "password", *ARTICLES["password"])

    assert stocked.next(look) is None
    assert refs(look, stocked) == ["password"]


def test_what_named_an_erased_customer_is_no_longer_near_the_name(
    look: Look, writer: Writer, nearest: Nearest
) -> None:
    """
    The vector of the words with the name goes with the name.
    """
    publish(writer, "it", "How we sign in Joy Abara", "Joy Abara asks for a new password.")
    read(nearest, look, writer)
    text = CustomerText(customer_id=1, name="Joy Abara", email="joy@oak.example")
    writer.run(lambda uow: erase_from_knowledge(uow, 1, [], text))

    with look() as uow:
        assert uow.session.scalars(select(Meaning)).all() == []
    assert nearest.behind(look) == 1


def test_any_text_has_a_meaning(nearest: Nearest, engine: Engine) -> None:
    """
    Nothing that people write breaks the search.
    """
    odd = ("", "\x00", "😀" * 600, "漢字と仮名", "\u202e\u0301", "word " * 5_000)

    assert {len(nearest.asked(text)) for text in odd} == {4 * 384}
