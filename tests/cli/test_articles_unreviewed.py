"""`backstop articles export`, and in again: what nobody has reviewed stays what it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.flows.knowledge.contents import Content
from storage.engine import Engine
from storage.models import Article, ArticleState, ArticleVersion, Audience, VersionState
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import STANDS, Shell
from tests.storage.rows import NOW

Look = Callable[[], UnitOfWork]

CONTENT = Content("Tune it", "Turn the xylophone.", audience="public")
DRAFT = (ArticleState.DRAFT, VersionState.DRAFT)
RETURNED = (ArticleState.DRAFT, VersionState.RETURNED)
WAITS = (ArticleState.IN_REVIEW, VersionState.IN_REVIEW)
# What the help centre showed, and shows no more.
TAKEN_AWAY = (ArticleState.DRAFT, VersionState.PUBLISHED)
States = tuple[ArticleState, VersionState]


def exported(shell: Shell, engine: Engine, states: States) -> None:
    """One article in this state, in a folder and nowhere else."""
    shell.run("import", "articles", str(Path("none")))
    is_told = states == TAKEN_AWAY
    with UnitOfWork(engine) as uow:
        article = Article(ref="tuning", title="", state=states[0], audience=Audience.PUBLIC)
        uow.articles.add(article)
        version = uow.articles.write(
            ArticleVersion(
                article_id=article.id,
                number=0,
                title=CONTENT.title,
                body=CONTENT.body,
                facts=CONTENT.facts,
                note="From elsewhere, vouched for" if is_told else "",
                author="zendesk" if is_told else "ben",
                state=states[1],
                digest=CONTENT.digest,
                created_at=NOW,
            )
        )
        if is_told:
            CONTENT.put_on(article)
            article.number, version.decided_by = version.number, "ana"
        uow.commit()
    assert "1 written" in shell.run("articles", "export", "kb")


def stands(look: Look) -> tuple[ArticleState, list[tuple[str, VersionState]]]:
    with look() as uow:
        [article] = uow.articles.all()
        return article.state, [(v.author, v.state) for v in uow.articles.versions(article.id)]


@pytest.mark.parametrize("config", ["", STANDS], ids=["nobody stands", "ana stands"])
@pytest.mark.parametrize("states", [DRAFT, RETURNED, WAITS, TAKEN_AWAY])
def test_what_nobody_changed_in_a_file_is_reviewed_by_no_import(
    shell: Shell, engine: Engine, look: Look, states: States, config: str
) -> None:
    """Law: whoever stands for what comes from elsewhere does not stand for what came out of here:
    its state stays, and no second version is written."""
    shell.app_yaml += config
    exported(shell, engine, states)
    before = stands(look)
    assert "0 new, 0 changed" in shell.run("articles", "import", "kb")
    assert stands(look) == before


@pytest.mark.parametrize(
    ("states", "becomes"),
    [
        (DRAFT, ArticleState.DRAFT),
        (RETURNED, ArticleState.DRAFT),
        (TAKEN_AWAY, ArticleState.DRAFT),
        (WAITS, ArticleState.PUBLISHED),
    ],
)
def test_who_is_named_for_an_import_publishes_what_waits_and_nothing_else(
    shell: Shell, engine: Engine, look: Look, states: States, becomes: ArticleState
) -> None:
    """Law: a draft was handed in by nobody, what was given back is somebody's no; and whoever wrote
    what is published here stays its author."""
    exported(shell, engine, states)
    [(author, _)] = stands(look)[1]
    shell.run("articles", "import", "kb", "--reviewed-by", "ana")
    state, [(still, _)] = stands(look)
    assert (state, still) == (becomes, author)


@pytest.mark.parametrize("states", [DRAFT, RETURNED, WAITS, TAKEN_AWAY])
def test_what_somebody_edits_in_such_a_file_waits_for_a_review(
    shell: Shell, engine: Engine, look: Look, states: States
) -> None:
    """Law: an edit is never dropped as something that was said before."""
    shell.app_yaml += STANDS
    exported(shell, engine, states)
    file = Path("kb/tuning.md")
    file.write_text(file.read_text("utf-8").replace("xylophone", "marimba"), "utf-8")
    shell.run("articles", "import", "kb")
    state, versions = stands(look)
    assert state is ArticleState.IN_REVIEW
    assert ("import", VersionState.IN_REVIEW) in versions and len(versions) == 2
