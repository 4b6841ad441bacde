"""Workspace, help desk and payment provider of a run, with everything that goes wrong in them."""

from benchmarks.torture.load import Load
from sandbox.helpdesk import HelpDesk
from sandbox.helpdesk.zendesk_hook import ZendeskHook
from sandbox.payments import Provider
from sandbox.slack import Workspace
from sandbox.slack.journal import Journal
from sandbox.world import SECRETS, Company, World

# Waits between repeated deliveries are shortened, or a run would wait more than it works.
HOOK_TIMES, EVENT_RETRIES_S = 0.1, (0.0, 2.0, 6.0)
JOURNAL_KEPT = 3_000_000


def surroundings(load: Load, facts: Company, *, site: str, door: str) -> World:
    """`site` is where this world is reached, `door` where the bot listens."""
    slack = facts.workspace
    workspace = Workspace(
        team=slack["team"],
        app=slack["app"],
        people=slack["people"],
        channels=slack["channels"],
        bot_token=SECRETS["SLACK_BOT_TOKEN"],
        app_token=SECRETS["SLACK_APP_TOKEN"],
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        events_url=f"{door}/slack/events",
        public_url=site,
        quota_scale=load.quota_scale,
    )
    # The judge counts each line of a whole run.
    workspace.journal = Journal(JOURNAL_KEPT)
    hook = ZendeskHook(f"{door}/hooks/zendesk", SECRETS["ZENDESK_WEBHOOK_SECRET"])
    desk = HelpDesk(
        facts.customers,
        facts.accounts,
        zendesk_token=SECRETS["ZENDESK_TOKEN"],
        hooks=[hook],
        quota_scale=load.quota_scale,
        time_scale=HOOK_TIMES,
        seed=load.seed,
    )
    provider = Provider(
        facts.charges, facts.customers, api_key=SECRETS["STRIPE_API_KEY"], seed=load.seed
    )
    world = World(facts, workspace, desk, provider)
    _trouble(world, load)
    return world


def _trouble(world: World, load: Load) -> None:
    """What goes wrong all the time; the kills come on top."""
    slack, desk, money = world.workspace.faults, world.helpdesk.faults, world.provider.faults
    world.workspace.timing.retry_delays_s = EVENT_RETRIES_S
    world.workspace.timing.ack_s = load.ack_s
    slack.seed = load.seed
    slack.drop_after_commit = desk.drop_after_commit = money.drop_after_commit = load.drops
    money.drop_after_commit_next = load.drops_first
    slack.duplicate = slack.reorder = 0.05
    slack.lose = 0.01 if load.drops else 0.0
    slack.error_500 = 0.005 if load.drops else 0.0
    slack.cut_envelope = slack.drop_ack = load.drops / 4
    desk.hook_duplicate = desk.hook_reorder = 0.2
    desk.hook_delay_seconds = 0.5
    # Half of these failures keep the work and half do not, and both answer the same.
    money.error_500 = money.error_500_after_commit = load.drops / 2
    desk.error_500_after_commit = load.drops / 2
