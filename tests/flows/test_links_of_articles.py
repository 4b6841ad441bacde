"""Links in articles are for people: whoever keeps, searches and cites articles follows none."""

import socket
from collections.abc import Iterator

import pytest

from tests.company import ANA, BEN, GENERAL, LEA
from tests.flows.screen import Seen, messages, words_of
from tests.flows.test_articles import BODY, QUESTION, look, publish, write
from tests.flows.test_asking import ask
from tests.world import World


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Something that an article leads to; who comes waits to be let in."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_nothing_is_fetched_from_where_an_article_leads(world: World, trap: socket.socket) -> None:
    """Law: neither when it is written, reviewed, published and found, nor when it is shared."""
    url = f"http://127.0.0.1:{trap.getsockname()[1]}/x.png"
    write(world, body=f"{BODY} ![shot]({url}) and [more]({url}) or <{url}>")
    assert "Leads to: 127.0.0.1" in words_of(look(world, BEN))
    publish(world)
    seen: Seen = ask(world, ANA, "/kb", QUESTION)
    assert "press Recalibrate twice" in seen.text
    seen.press("Open: Recalibrate the llama")
    seen.press("Share in channel")
    world.write("joy", QUESTION, "Recalibrate the llama")
    assert any("press Recalibrate twice" in one.text for one in messages(world, LEA, GENERAL))
    with pytest.raises(BlockingIOError):
        trap.accept()
