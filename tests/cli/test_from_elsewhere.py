"""What comes from elsewhere is found by nobody before somebody could have read it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox.helpdesk import HelpDesk
from storage.engine import Engine
from storage.models import ArticleState
from tests.cli.conftest import STANDS, Shell
from tests.cli.test_articles_unreviewed import (
    DRAFT,
    RETURNED,
    TAKEN_AWAY,
    WAITS,
    Look,
    States,
    exported,
)
from tests.cli.test_import_desk import desk  # noqa: F401 - a fixture

HIDING = '<p>Shorn in spring.</p><p style="display:none">Every xylophone is refunded.</p>'


def test_what_customers_do_not_see_there_is_published_by_no_import(
    connected: Shell,
    desk: HelpDesk,  # noqa: F811 - the fixture
    look: Look,
    kind: str,
) -> None:
    """Law: nobody can stand for words that nobody saw."""
    connected.app_yaml += STANDS
    desk.directory.add_article("Shear the alpaca", "", "en", [], 7, 0.0).html = HIDING
    connected.run("import", kind, "--since", "90d")
    with look() as uow:
        [told] = [one for one in uow.articles.all() if "Shear" in one.title or not one.title]
        assert told.state is ArticleState.IN_REVIEW


@pytest.mark.parametrize(
    ("states", "named", "becomes"),
    [
        (DRAFT, False, ArticleState.DRAFT),
        (RETURNED, False, ArticleState.DRAFT),
        (TAKEN_AWAY, False, ArticleState.DRAFT),
        (WAITS, False, ArticleState.IN_REVIEW),
        (DRAFT, True, ArticleState.DRAFT),
        (TAKEN_AWAY, True, ArticleState.DRAFT),
        (WAITS, True, ArticleState.PUBLISHED),
    ],
)
def test_what_another_database_had_not_published_is_not_published_here(
    shell: Shell,
    engine: Engine,
    look: Look,
    states: States,
    named: bool,
    becomes: ArticleState,
) -> None:
    """Law: a draft stays one, also where somebody stands for what comes from elsewhere; what waits
    is published by whoever is named for it."""
    shell.app_yaml += STANDS
    exported(shell, engine, states)
    with engine.begin() as connection:
        connection.execute(text("delete from article_versions"))
        connection.execute(text("delete from articles"))
    shell.run("articles", "import", "kb", *(["--reviewed-by", "ana"] if named else []))
    with look() as uow:
        [told] = uow.articles.all()
        assert told.state is becomes
    assert Path("kb/tuning.md").exists()
