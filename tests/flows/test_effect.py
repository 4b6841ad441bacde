"""What an article brought about, counted from what happened."""

from bot.flows.knowledge.effect import effect_of, told
from storage.models import ArticleUse, UseKind
from storage.unit_of_work import UnitOfWork
from tests.company import ANA
from tests.flows.scenes import HUMAN, claimed
from tests.flows.screen import fill
from tests.flows.test_articles import publish, write
from tests.flows.test_asking import ask
from tests.world import World

EXPORT = "How do I export the roster as a CSV file?"


def uses(world: World) -> list[tuple[str, str, str]]:
    with world.looking() as uow:
        rows = uow.session.query(ArticleUse).order_by(ArticleUse.id)
        return [(row.kind.value, row.about, row.by) for row in rows]


def test_an_answer_to_a_customer_counts_for_the_article_it_cites(world: World) -> None:
    """Law: a ticket that was answered from it, and came to nobody, is one that it saved."""
    world.write("joy", "Hello there", "My first words")
    ticket = world.write("joy", EXPORT, "Export the roster")
    assert "Open Roster" in world.customer_reads(ticket)[-1]
    assert uses(world) == [(UseKind.CITED.value, "ticket:2", "offline")]


def test_the_article_says_how_many_it_saved_of_how_many(world: World) -> None:
    """Law: whoever comes back and wants a person was not saved; no share without its cases."""
    world.write("joy", "Hello there", "My first words")
    first = world.write("joy", EXPORT, "Export the roster")
    world.write("joy", EXPORT, "Roster as CSV")
    world.write("joy", "That is wrong. I want a real person!", ticket=first)
    with world.looking() as uow:
        article = uow.articles.by_ref("export-roster")
        assert article is not None
        effect = effect_of(article, uow, world.clock.now())
    assert (effect.answered, effect.alone) == (2, 1)
    assert "Saved 1 of 2 tickets an escalation" in " ".join(told(effect))
    assert "95 % interval" in " ".join(told(effect))


def test_escalations_are_counted_as_long_before_as_since(world: World) -> None:
    """Law: of the article's own kind alone, and for the same time on both sides."""
    world.later(days=20)
    world.write("joy", f"My invoice is wrong. {HUMAN}", "Invoice")
    kind = ticket_category(world)
    world.later(days=5)
    write(world, category=kind)
    publish(world)
    world.later(days=10)
    world.write("sol", f"My invoice is wrong. {HUMAN}", "Invoice")
    world.later(minutes=1)
    with world.looking() as uow:
        article = uow.articles.all()[-1]
        effect = effect_of(article, uow, world.clock.now())
    assert (effect.before, effect.after, round(effect.days)) == (1, 1, 10)
    assert "1 in the 10.0 days before, 1 in the 10.0 days since" in " ".join(told(effect))


def ticket_category(world: World) -> str:
    with world.looking() as uow:
        return uow.tickets.get(1).category


def test_what_solved_a_ticket_and_was_not_found_for_it_is_said(world: World) -> None:
    """Law: the owner is told that nobody comes upon it, and for how many of how many."""
    _, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    answer = fill(world, ANA, view, verdict="rightly", article="two-factor")
    assert answer["ok"], answer

    def keep(uow: UnitOfWork) -> None:
        article = uow.articles.by_ref("two-factor")
        assert article is not None
        article.owner = "ana"

    world.backstop.writer.run(keep)
    assert "not found for 1 of the 1 tickets" in ask(world, ANA, "/kb", "mine").text
