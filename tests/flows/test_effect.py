"""What an article brought about, counted from what happened."""

from storage.models import ArticleUse, UseKind
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
