"""What an erasure does to articles that named the customer, here and in the help centre."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import KNOWLEDGE, LEA
from tests.flows.centres import (
    MIRRORED,
    connected,
    disputed,
    edit,
    in_step,
    pull,
    told_there,
    zendesk,
)
from tests.flows.scenes import HUMAN
from tests.flows.screen import messages
from tests.flows.test_articles import versions
from tests.flows.traces import erase_in_time
from tests.world import World

pytestmark = pytest.mark.app_yaml(MIRRORED)
NAMING = "Press it as Joy Abara does."


@pytest.fixture(autouse=True)
def centre(world: World) -> Iterator[None]:
    with connected(world, zendesk(world)):
        yield


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def shown(world: World) -> str:
    return " ".join(f"{one.text} {one.fallback}" for one in messages(world, LEA, KNOWLEDGE))


def test_the_help_centre_is_told_our_words_without_the_name(world: World, shell: Shell) -> None:
    """Law: what we have put before customers goes there too; what was written there is theirs."""
    there = in_step(world)
    edit(world, NAMING)
    alien = told_there(world, "Shear the alpaca", "Joy Abara shears alpacas.")
    pull(world)
    world.write("joy", HUMAN, "The rota")
    assert "Abara" in there.html

    erase_in_time(world, shell)

    assert there.html == "<p>Press it as … does.</p>"
    assert "Abara" in alien.html
    pull(world)
    assert "Abara" not in shown(world)


def test_what_is_to_be_chosen_is_chosen_without_the_name(world: World, shell: Shell) -> None:
    """Law: neither side names them any more, and somebody still has to choose."""
    there = in_step(world)
    there.html = "<p>Or as JOY ABARA told us.</p>"
    edit(world, NAMING)
    world.write("joy", HUMAN, "The rota")
    assert "Abara" in disputed(world).text

    erase_in_time(world, shell)

    for _ in range(2):
        assert "Press it as … does." in disputed(world).text
        assert "Or as … told us." in disputed(world).text
        pull(world)
    disputed(world).press("Take theirs")
    assert "Or as … told us." in versions(world)[-1].body


def test_no_fact_of_a_version_names_them(world: World, shell: Shell) -> None:
    """Law: what is beside its title and words is words too, however the database spells them."""
    in_step(world)

    def sum_up(uow: UnitOfWork) -> None:
        [version] = uow.articles.versions(uow.articles.all()[-1].id)
        version.facts = version.facts | {"summary": "As Joy Abara does.", "products": ["Sync"]}

    world.backstop.writer.run(sum_up)
    world.write("joy", HUMAN, "The rota")

    erase_in_time(world, shell)

    facts = versions(world)[-1].facts
    assert (facts["summary"], facts["products"]) == ("As … does.", ["Sync"])
