"""How lists of articles become one: pure, and the same whatever found them."""

from hypothesis import given
from hypothesis import strategies as st

from storage.search.fusion import NEARNESS, UNPROVED, Vote, fused, shares

SCORES = st.dictionaries(st.integers(1, 30), st.floats(0.01, 100), max_size=20)
VOTES = st.lists(
    st.builds(Vote, st.integers(1, 30), st.floats(0.01, 100), st.floats(0.5, 2)), max_size=30
)
NEAR = st.dictionaries(st.integers(1, 30), st.floats(0.01, 1), max_size=20)


@given(SCORES, VOTES)
def test_every_article_of_any_list_is_there_once_the_best_first(
    words: dict[int, float], votes: list[Vote]
) -> None:
    """Law: nothing is lost and nothing is there twice; scores fall and are positive."""
    found = fused(words, votes)
    articles = [article for article, _ in found]
    scores = [score for _, score in found]
    assert sorted(articles) == sorted({*words, *(vote.article for vote in votes)})
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@given(SCORES)
def test_without_links_the_words_decide_alone(words: dict[int, float]) -> None:
    """Law: a base that has learnt nothing yet is an ordinary search, scores and all."""
    assert dict(fused(words, [])) == words


@given(SCORES, VOTES, NEAR)
def test_what_means_the_same_is_lifted_by_as_much_whatever_else_speaks_for_it(
    words: dict[int, float], votes: list[Vote], near: dict[int, float]
) -> None:
    """Law: the third list adds what it says and no more, takes nothing from anybody, and without
    it the other two decide as ever."""
    before, after = dict(fused(words, votes)), dict(fused(words, votes, near))
    assert set(after) == set(before) | set(near)
    for article, score in after.items():
        lifted = before.get(article, 0.0) + NEARNESS * near.get(article, 0.0)
        assert abs(score - lifted) < 1e-6
    assert fused(words, votes, {}) == fused(words, votes)


@given(SCORES, VOTES, st.integers(1, 30), st.floats(0.01, 100))
def test_a_further_link_never_makes_its_article_worse(
    words: dict[int, float], votes: list[Vote], article: int, like: float
) -> None:
    """Law: what people link is found more easily, and nothing else more easily than it was."""
    before = dict(fused(words, votes))
    after = dict(fused(words, [*votes, Vote(article, like, 1)]))
    assert after[article] >= before.get(article, 0.0)
    assert {one: score for one, score in after.items() if one != article} == {
        one: score for one, score in before.items() if one != article
    }


def test_one_ticket_that_is_the_same_outweighs_many_that_are_a_little_alike() -> None:
    """Law: an article that is linked everywhere does not win by that alone."""
    everywhere = [Vote(1, 2.0, 1) for _ in range(20)]
    assert [article for article, _ in fused({}, [*everywhere, Vote(2, 20.0, 1)])] == [2, 1]


def test_of_equals_the_oldest_comes_first() -> None:
    """Law: the same question finds the same order each time."""
    assert [article for article, _ in fused({3: 1.0, 1: 1.0, 2: 1.0}, [])] == [1, 2, 3]


@given(VOTES)
def test_shares_are_parts_of_a_whole_that_few_votes_do_not_fill(votes: list[Vote]) -> None:
    """Law: whoever reads a share knows how much was proved, and not only by whom."""
    parts = shares(votes)
    assert set(parts) == {vote.article for vote in votes}
    assert all(0 < part < 1 for part in parts.values()) and sum(parts.values()) < 1


def test_a_ticket_that_is_hardly_alike_proves_nothing_even_alone() -> None:
    """Law: the first link of a new company does not make the agent sure of everything."""
    assert shares([Vote(1, 5.0, 1)])[1] < 0.01
    assert shares([Vote(1, UNPROVED**0.5, 2)] * 3)[1] > 0.8


@given(st.floats(10, 60), st.integers(1, 40))
def test_more_is_proved_the_more_tickets_agree(like: float, many: int) -> None:
    """Law: each further ticket that says the same makes surer."""
    votes = [Vote(1, like, 1)] * many
    assert shares(votes)[1] < shares([*votes, votes[0]])[1]


def test_a_few_tickets_that_agree_do_not_settle_it() -> None:
    """Law: of a hundred past tickets the nearest are as like as 25 or so; three of those agree by
    chance, three dozen do not."""
    assert shares([Vote(1, 25.0, 1)] * 3)[1] < 0.15
    assert shares([Vote(1, 25.0, 1)] * 36)[1] > 0.5
