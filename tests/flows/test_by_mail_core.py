"""What a link decides is asked again where it is decided, whatever the page has asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import approval_commands as commands
from bot.people import Account, Standing
from storage.models import MailLink
from storage.unit_of_work import UnitOfWork
from tests.company import HOME, LEA, NIA, Json
from tests.flows.enrolling import code, enrolled
from tests.flows.letters import MAIL, Letters, lea_is_asked
from tests.world import World

pytestmark = pytest.mark.app_yaml(MAIL)


def _used(world: World, link: MailLink, uow: UnitOfWork) -> None:
    link.used_at = world.clock.now()


def _over(world: World, link: MailLink, uow: UnitOfWork) -> None:
    link.expires_at = world.clock.now()


def _of_another(world: World, link: MailLink, uow: UnitOfWork) -> None:
    link.version += 1


def _long_ago(world: World, link: MailLink, uow: UnitOfWork) -> None:
    heard = world.clock.now() - timedelta(days=2)
    uow.standings.note("slack", HOME, LEA, Standing.MEMBER.value, heard)


def _closed_long_ago(world: World, link: MailLink, uow: UnitOfWork) -> None:
    heard = world.clock.now() - timedelta(days=400)
    uow.standings.note("slack", HOME, LEA, Standing.DEACTIVATED.value, heard)


Spoils = Callable[[World, MailLink, UnitOfWork], None]


@pytest.mark.parametrize("spoil", [_used, _over, _of_another, _long_ago, _closed_long_ago])
def test_a_link_counts_for_one_version_in_time_and_once(
    world: World, letters: Letters, spoil: Spoils
) -> None:
    """Law: in the transaction of the decision itself; and nobody whom Slack has not named
    lately."""
    _, key = lea_is_asked(world, letters)
    world.backstop.writer.run(lambda uow: spoil(world, uow.mail_links.get(1), uow))
    assert _grant(world, LEA, code(world, key)) is not None
    assert world.refunds == []


def test_a_link_counts_for_one_person_and_one_act(world: World, letters: Letters) -> None:
    nias = enrolled(world, NIA)
    _, key = lea_is_asked(world, letters)
    with world.looking() as uow:
        assert uow.mail_links.get(1).person == "lea"
    assert _grant(world, NIA, code(world, nias)) is not None
    assert _grant(world, LEA, code(world, key), digest="0" * 64) is not None
    assert _grant(world, LEA, "") is not None
    assert world.refunds == []
    assert _grant(world, LEA, code(world, key)) is None
    assert len(world.refunds) == 1


def test_a_link_that_was_taken_meanwhile_takes_the_vote_back(
    world: World, letters: Letters
) -> None:
    """Law: one UPDATE takes it, so of two at once one counts, whatever else let them through."""
    lea_is_asked(world, letters)

    def twice(uow: UnitOfWork) -> tuple[bool, bool]:
        link, now = uow.mail_links.get(1), world.clock.now()
        return uow.mail_links.use(link, now), uow.mail_links.use(link, now)

    assert world.backstop.writer.run(twice) == (True, False)


def _grant(world: World, who: str, typed: str, **other: str) -> object:
    """The answer to a yes of somebody of whom Slack says nothing."""
    with world.looking() as uow:
        approval = uow.approvals.get(1)
    told: Json = {"approval": 1, "version": approval.version, "digest": approval.digest} | other
    by = Account("slack", who, HOME, Standing.UNKNOWN)
    answer = world.backstop.bus.handle(
        commands.GrantApproval(by, **told, channel="", message="", code=typed, link=1)
    )
    world.settle()
    return answer
