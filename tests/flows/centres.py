"""The help centre beside the bot: what stands there, and who changes what."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.centre import HelpCentre
from bot.config.outside import CentreSettings
from bot.handlers.http.intercom_centre import IntercomCentre
from bot.handlers.http.zendesk_centre import ZendeskCentre
from bot.watchers import Watchers
from sandbox.helpdesk.markup import to_html
from sandbox.helpdesk.records import Article as Theirs
from tests import company
from tests.company import BEN, KNOWLEDGE, LEA, Json
from tests.flows.screen import Seen, fill, messages
from tests.flows.test_articles import press, publish, write
from tests.world import World

SECRETS = "  webhook_secrets: [ZENDESK_WEBHOOK_SECRET]\n"
CENTRE = "  centre: {section: '7', permission_group: '8'}\n"
STANDS = "knowledge: {reviewed_by: lea}\nhelp_desk:\n"
UNVOUCHED = {SECRETS: SECRETS + CENTRE}
MIRRORED = {**UNVOUCHED, "help_desk:\n": STANDS}


@contextmanager
def connected(world: World, centre: HelpCentre) -> Iterator[None]:
    outside = replace(world.backstop.outside, help_centre=centre)
    object.__setattr__(world.backstop, "outside", outside)
    world.backstop.bus.dependencies.know(help_centre=centre)
    yield
    world.backstop.bus.dependencies.know(help_centre=None)
    centre.close()


def zendesk(world: World) -> HelpCentre:
    desk = world.backstop.settings.help_desk
    assert desk.url and desk.centre
    return ZendeskCentre(desk.url, company.SECRETS["ZENDESK_TOKEN"], desk.user, desk.centre)


def intercom(world: World) -> HelpCentre:
    """The same articles by another way, which keeps no marker of ours."""
    url = str(world.backstop.settings.help_desk.url).replace("/zendesk", "/intercom")
    settings = CentreSettings(section="7", author=str(world.desk.bot.id))
    centre = IntercomCentre(url, world.desk.intercom_token, settings)
    centre.name = "zendesk"
    return centre


def pull(world: World) -> None:
    asyncio.run(Watchers(world.backstop).pull_articles())
    world.settle()


def theirs(world: World) -> list[Theirs]:
    return list(world.desk.directory.articles.values())


def told_there(world: World, title: str, body: str) -> Theirs:
    return world.desk.directory.add_article(title, to_html(body), "en", [], 7, 0.0)


def in_step(world: World) -> Theirs:
    """An article of ours that customers find in the help centre."""
    pull(world)
    write(world)
    publish(world)
    [there] = theirs(world)
    return there


def at(world: World, who: str, label: str) -> Json:
    """The article behind the newest card with this button, among cards of other kinds."""
    cards = [one for one in messages(world, who, KNOWLEDGE) if label in one.labels]
    view: Json = cards[-1].press(label)["view"]
    return view


def edit(world: World, body: str, **typed: str) -> None:
    view = press(world, BEN, at(world, BEN, "Open"), "Edit")["view"]
    assert fill(world, BEN, view, body=body, **typed)["ok"]
    press(world, LEA, at(world, LEA, "Look and decide"), "Publish")


def disputed(world: World) -> Seen:
    """The card that asks somebody to choose."""
    [seen] = [one for one in messages(world, LEA, KNOWLEDGE) if "Both were changed" in one.text]
    return seen
