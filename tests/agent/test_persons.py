"""Who asks for a person is heard, however they say it."""

import pytest

from benchmarks.handwritten_persons import EARLIER, LATER, OTHERS
from bot.agent.offline import OfflineAgent
from tests.agent.tickets import a_ticket

AGENT = OfflineAgent()
# Somebody's title, which may as well be the person who is wanted.
DOUBTFUL = {"Can I change the account manager's email address?"}


@pytest.mark.parametrize("words", [*EARLIER, *LATER])
def test_a_request_for_a_person_is_heard(words: str) -> None:
    """Law: with its words on record; the ticket is a person's, and no question comes before."""
    proposal = AGENT.propose(a_ticket(words))
    assert proposal.signals["human_wanted"]


@pytest.mark.parametrize("words", sorted({*OTHERS} - DOUBTFUL))
def test_whoever_mentions_people_may_want_an_answer(words: str) -> None:
    assert "human_wanted" not in AGENT.propose(a_ticket(words)).signals
