"""A version that is for some alone, of an article that others read: before it is published, and
after it was."""

from tests.company import ANA, BEN, KNOWLEDGE, LEA
from tests.flows.centres import at
from tests.flows.screen import card, controls, direct, fill, whispers, words_of
from tests.flows.test_articles import BODY, article, begin, press, publish, write
from tests.flows.test_asking import ask
from tests.world import World

KEPT = {
    "title": "The red key",
    "body": "It hangs behind the llama.",
    "note": "Say where the key is",
    "audience": "restricted",
    "readers": "person:lea, person:ben",
    "owner": "ben",
}
SECRETS = ("red key", "behind the llama", "where the key is")


def waiting(world: World) -> None:
    """A public article, of which Ben wants a version for Lea and himself."""
    write(world)
    publish(world)
    view = press(world, BEN, at(world, BEN, "Open"), "Edit")["view"]
    assert fill(world, BEN, view, **KEPT)["ok"]


def is_silent(text: str) -> bool:
    return not any(secret in text for secret in SECRETS)


def test_whoever_it_is_not_for_reads_what_stood_there_before(world: World) -> None:
    """Law: looking, editing and the versions show none of its words, and its readers all."""
    waiting(world)
    view = at(world, ANA, "Look and decide")
    shown = words_of(view)
    assert BODY in shown and is_silent(shown)
    assert "readers to whom you do not belong" in shown
    labels = dict(controls(view["blocks"]))
    assert not {"Publish", "Ask for changes", "Edit"} & set(labels)
    assert is_silent(words_of(press(world, ANA, view, "Versions")["view"]))
    assert "behind the llama" in words_of(at(world, LEA, "Look and decide"))


def test_the_channel_reads_nothing_of_it(world: World) -> None:
    """Law: neither its title nor its note, nor why it was given back."""
    waiting(world)
    assert is_silent(card(world, ANA, KNOWLEDGE).text)
    assert "Restricted article #" in card(world, ANA, KNOWLEDGE).text
    view = press(world, LEA, at(world, LEA, "Look and decide"), "Ask for changes")["view"]
    assert fill(world, LEA, view, reason="The red key is blue.")["ok"]
    seen = card(world, ANA, KNOWLEDGE)
    assert "Lea Sand asks Ben Okoro for changes." in seen.text and is_silent(seen.text)
    assert is_silent(seen.fallback)


def test_an_edit_from_before_takes_no_unseen_words_away(world: World) -> None:
    """Law: a form that was open already is refused; so is one opened now."""
    write(world)
    publish(world)
    older = press(world, ANA, at(world, ANA, "Open"), "Edit")["view"]
    before = at(world, ANA, "Open")
    view = press(world, BEN, at(world, BEN, "Open"), "Edit")["view"]
    assert fill(world, BEN, view, **KEPT)["ok"]
    assert not fill(world, ANA, older, body="Mine.")["ok"]
    press(world, ANA, before, "Edit")
    told = [*whispers(world, ANA, KNOWLEDGE), *(one.text for one in direct(world, ANA))]
    assert any("readers to whom you do not belong" in one for one in told)


def test_once_it_is_public_its_restricted_past_stays_with_its_readers(world: World) -> None:
    """Law: neither as words that came nor as words that went."""
    waiting(world)
    press(world, LEA, at(world, LEA, "Look and decide"), "Publish")
    asked = ask(world, LEA, "/kb", "where hangs the red key behind the llama?")
    assert "behind the llama" in asked.text
    view = press(world, LEA, at(world, LEA, "Open"), "Edit")["view"]
    open_to_all = {"title": "Llamas", "body": BODY, "audience": "public", "note": ""}
    assert fill(world, LEA, view, **open_to_all)["ok"]
    [ready] = [one for one in direct(world, BEN) if "Look and decide" in one.labels]
    press(world, BEN, ready.press("Look and decide")["view"], "Publish")
    past = words_of(press(world, ANA, at(world, ANA, "Open"), "Versions")["view"])
    assert "Version 3 by Lea Sand" in past and "Version 1 by Ana Ruiz" in past
    assert "Version 2" not in past and is_silent(past)


def test_a_draft_that_becomes_restricted_is_so_at_once(world: World) -> None:
    """Law: though nobody was asked for a review yet."""
    answer = fill(
        world, BEN, begin(world, BEN), title="Keys", body="They hang there.", next="draft"
    )
    view = press(world, BEN, answer["view"], "Edit")["view"]
    assert fill(world, BEN, view, next="draft", **KEPT)["ok"]
    assert article(world).audience.value == "restricted"
    assert article(world).readers == ["person:lea", "person:ben"]
