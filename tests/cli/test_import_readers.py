"""`backstop import zendesk`: what a help centre shows to some alone is no customer's here."""

from collections.abc import Callable, Iterator

import pytest

from sandbox.helpdesk import HelpDesk
from storage.models import Audience
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import STANDS, Shell
from tests.cli.test_import_desk import desk

__all__ = ["desk"]

Look = Callable[[], UnitOfWork]


@pytest.fixture
def kind() -> Iterator[str]:
    yield "zendesk"


@pytest.mark.parametrize(
    ("segment", "is_draft", "is_theirs"),
    [(None, False, True), (5, False, False), (None, True, False)],
)
def test_what_only_some_may_read_there_is_cited_to_nobody(
    connected: Shell,
    desk: HelpDesk,
    look: Look,
    segment: int | None,
    is_draft: bool,
    is_theirs: bool,
) -> None:
    """Law: an article of a user segment, and a draft, are for colleagues alone, also where somebody
    stands for what the help centre says."""
    [article] = desk.directory.articles.values()
    article.segment, article.is_draft = segment, is_draft
    connected.app_yaml += STANDS
    told = connected.run("import", "zendesk", "--since", "90d")
    assert "Articles 1 0 0 0" in told, told
    with look() as uow:
        [taken] = uow.articles.all()
        assert (taken.audience is Audience.PUBLIC) is is_theirs
        assert (taken.ref in uow.articles.citable([taken.ref])) is is_theirs
