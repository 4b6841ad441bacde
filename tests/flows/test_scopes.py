"""What the app asks Slack for is what it then uses, each scope of it and no other."""

import pytest

from bot.handlers.slack.manifest import scopes
from tests.company import ANA, GENERAL, LEA, MAX
from tests.flows.scenes import HUMAN, REFUND
from tests.flows.screen import card
from tests.world import World

IN_GROUPS = {
    "modes: {default: live}": "modes: {default: live}\ndirectory: {user_groups: {S0APP: {}}}"
}


def lose_answers(world: World, probability: float) -> None:
    """Posts arrive and their answers do not, so that each is looked for where it stands."""
    world.workspace.faults.methods = ["chat.postMessage"]
    world.workspace.faults.drop_after_commit = probability


def use_everything(world: World) -> None:
    """A public card, a private one, a message to one person; each of them lost and found."""
    world.do(ANA, "command", channel=GENERAL, command="/kb", text="export the roster")
    world.do(ANA, "post", channel=GENERAL, text="<@U0BOT> me")
    lose_answers(world, 1.0)
    world.write("joy", HUMAN, "The rota prints blank")
    world.write("eve", REFUND, "Money back")
    world.do(LEA, "command", channel=GENERAL, command="/backstop", text="stop effects")
    lose_answers(world, 0.0)
    world.later(minutes=1)
    world.do(MAX, "change_person", user=ANA, changes={"title": "Specialist"})
    world.do(MAX, "archive", channel=GENERAL)


def test_every_scope_of_the_manifest_is_used_and_no_other(world: World) -> None:
    """Law: least scopes, by what a workspace saw of a day's work."""
    use_everything(world)
    assert world.workspace.scopes_used == set(scopes(world.backstop.settings))
    assert "missing_scope" not in {line.get("error") for line in world.workspace.journal.since(0)}


@pytest.mark.app_yaml(IN_GROUPS)
def test_where_people_come_from_groups_groups_are_read(world: World) -> None:
    """Law: what only some settings need is asked for only there, and used there."""
    world.workspace.usergroups["S0APP"] = {"id": "S0APP", "handle": "app", "users": [ANA]}
    use_everything(world)
    assert world.backstop.outside.groups is not None
    [profile] = world.backstop.outside.groups.members(["S0APP"])["S0APP"]
    assert profile.user == ANA
    assert world.workspace.scopes_used == set(scopes(world.backstop.settings))


def test_without_a_scope_something_does_not_work(world: World) -> None:
    """Law: the workspace is as strict as Slack, or the law above would prove nothing."""
    world.workspace.faults.missing_scopes = ["groups:read"]
    world.write("joy", REFUND, "Money back")
    assert "missing_scope" in {line.get("error") for line in world.workspace.journal.since(0)}
    world.workspace.faults.missing_scopes = []
    world.later(minutes=2)
    assert card(world, LEA, "C0APPROVALS").labels[:2] == ["Approve", "Reject"]
