"""The state of one Slack workspace with one app installed."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from sandbox.slack.channels import Channel
from sandbox.slack.deliveries import Deliveries
from sandbox.slack.faults import Dice, Faults
from sandbox.slack.feed import Feed
from sandbox.slack.http_delivery import HttpCarrier
from sandbox.slack.journal import Journal
from sandbox.slack.manifest import Installation, read_manifest
from sandbox.slack.people import Json, Person
from sandbox.slack.quotas import Quotas
from sandbox.slack.socket_mode import SocketCarrier
from sandbox.slack.timing import Stamps, Timing
from sandbox.slack.triggers import ResponseUrls, Triggers
from sandbox.slack.views import Views

Delivery = Literal["http", "socket"]

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "sandbox-signing-secret"


class Workspace:
    """A workspace, its people and channels, and one installed app.

    `team` is {"id","name","domain"}; `app` is {"id","name","bot_user_id","bot_id"}. `channels`
    are {"id","name","members":[user ids]} with optional is_private, is_ext_shared, is_archived
    and topic; `people` as in `Person`; `usergroups` {"id","handle","name","users":[...]}.
    `events_url` is the bot's one URL for events, interactivity and commands; `public_url` is
    where this workspace is reached (response urls and sockets point there). `delivery`,
    `events_url`, `public_url`, `quota_scale`, `faults` and the fields of `timing` may be set at
    any time. Messages are dated and deliveries signed by `now`.
    The app can do nothing before `install`. `scopes_used` are those without which something that
    happened would not have.
    """

    def __init__(
        self,
        *,
        team: Json,
        app: Json,
        people: Sequence[Json],
        channels: Sequence[Json],
        usergroups: Sequence[Json] = (),
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        signing_secret: str = SIGNING_SECRET,
        events_url: str = "http://127.0.0.1:8710/slack/events",
        public_url: str = "http://127.0.0.1:8700",
        delivery: Delivery = "http",
        quota_scale: float = 1.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.team, self.app = team, app
        self.bot_user_id: str = app["bot_user_id"]
        self.bot_token, self.app_token = bot_token, app_token
        self.signing_secret = signing_secret
        self.events_url, self.public_url, self.delivery = events_url, public_url, delivery
        self.people = {facts["id"]: Person.read(facts, team["id"]) for facts in people}
        self.people[self.bot_user_id] = Person(
            self.bot_user_id, app["name"].lower(), team["id"], app["name"], is_bot=True
        )
        self.channels = {facts["id"]: _read_channel(facts) for facts in channels}
        for channel in self.channels.values():
            for user in channel.members & self.people.keys():
                self.connect(channel, self.people[user])
        self.usergroups = {facts["id"]: facts for facts in usergroups}
        self.installation = Installation()
        self.scopes_used: set[str] = set()
        self.faults, self._dice = Faults(), Dice(Faults.seed)
        self.now = now
        self.timing, self.stamps, self.quotas = Timing(), Stamps(now), Quotas(quota_scale)
        self.feed, self.journal = Feed(), Journal()
        self.views = Views(team["id"], app["id"], app["bot_id"])
        self.triggers, self.response_urls = Triggers(self.timing), ResponseUrls(self.timing)
        self.sockets = SocketCarrier(self)
        self.deliveries = Deliveries(self, {"http": HttpCarrier(self), "socket": self.sockets})

    def install(self, manifest: Json) -> None:
        """Installs the app from its manifest (Slack's manifest JSON): scopes, commands,
        shortcuts, events, and `delivery` from its socket mode setting."""
        self.installation = read_manifest(manifest)
        self.delivery = "socket" if self.installation.socket_mode else "http"
        self.feed.tell_all({"kind": "channels"})

    async def start(self) -> None:
        await self.deliveries.start()

    async def stop(self) -> None:
        self.feed.close()
        await self.deliveries.stop()

    @property
    def quota_scale(self) -> float:
        return self.quotas.scale

    @quota_scale.setter
    def quota_scale(self, scale: float) -> None:
        self.quotas.scale = scale

    @property
    def scopes(self) -> set[str]:
        """What the bot token may do at this moment."""
        missing = self.faults.missing_scopes
        scopes = self.installation.scopes
        return scopes.difference(missing) if missing else scopes

    def chance(self, probability: float) -> bool:
        return probability > 0 and self._dice.says(probability, self.faults.seed)

    def pick(self, count: int) -> int:
        return self._dice.pick(count)

    def is_foreign(self, person: Person) -> bool:
        return bool(person.team_id != self.team["id"])

    def connect(self, channel: Channel, person: Person) -> None:
        """People of another workspace are in a channel by Slack Connect, or not at all."""
        if self.is_foreign(person):
            channel.connect(person.team_id)

    def direct_message(self, user: str) -> Channel:
        """The conversation between the app and a person; made when first asked for."""
        ident = f"D{user[1:]}"
        channel = self.channels.get(ident)
        if channel is None:
            members = {user, self.bot_user_id}
            channel = Channel(ident, "", members, is_private=True, is_im=True, user=user)
            self.channels[ident] = channel
        return channel

    def may_see(self, person: Person, channel: Channel) -> bool:
        """Members see a channel; so does, for a public one, everybody but guests and strangers."""
        if person.id in channel.members:
            return True
        return not (channel.is_private or person.is_guest or self.is_foreign(person))

    def watchers(self, channel: Channel) -> Iterable[str]:
        """Who is shown live what happens in a channel."""
        if channel.is_private:
            return channel.members
        return [user for user, one in self.people.items() if self.may_see(one, channel)]


def _read_channel(facts: Json) -> Channel:
    return Channel(
        id=facts["id"],
        name=facts["name"],
        members=set(facts.get("members", ())),
        is_private=facts.get("is_private", False),
        is_ext_shared=facts.get("is_ext_shared", False),
        is_archived=facts.get("is_archived", False),
        topic=facts.get("topic", ""),
    )
