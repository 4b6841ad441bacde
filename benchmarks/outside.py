"""The world outside the measured bot: the sandbox, with the cards and charges of the clicks."""

import sys
from pathlib import Path

import uvicorn

from benchmarks.seeding import CHANNEL, FIRST_TICKET, WORDS, charge, comment, stamp
from bot.config import load
from bot.handlers.slack.manifest import manifest
from sandbox.helpdesk.desk import Change
from sandbox.server import app
from sandbox.slack.messages import from_bot
from sandbox.world import World, read_company

HOST = "127.0.0.1"
# Fifty decisions a second are many times what Slack lets one app redraw; each is redrawn here.
QUOTA_SCALE = 1_000.0


def world(config: Path, port: int, bot_port: int, count: int) -> World:
    made = World.build(
        read_company(), public_url=f"http://{HOST}:{port}", bot_url=f"http://{HOST}:{bot_port}"
    )
    made.workspace.install(manifest(load(config)))
    made.workspace.quota_scale = QUOTA_SCALE
    # What the bot itself writes would come back to it as webhooks, more than its door takes.
    made.helpdesk.sender.hooks.clear()
    made.helpdesk.quota_scale = QUOTA_SCALE
    requester = made.helpdesk.directory.customer("customer@client.example", "Customer")
    asked = Change(text=WORDS)
    channel = made.workspace.channels[CHANNEL]
    for n in range(count):
        channel.add({**from_bot(made.workspace, "A refund waits."), "ts": stamp(n)})
        made.provider.add_charge(**charge(n))
        ticket = made.helpdesk.open_ticket(requester, "Charged twice", asked)
        assert (ticket.id, ticket.comments[0].id) == (FIRST_TICKET + n, int(comment(n)))
        # Longer ago than two looks of the bot's overlap: it has heard of them.
        ticket.updated -= 3_600
    return made


if __name__ == "__main__":
    config, (port, bot_port, count) = Path(sys.argv[1]), map(int, sys.argv[2:])
    site = app(world(config, port, bot_port, count))
    uvicorn.run(site, host=HOST, port=port, log_level="critical")
