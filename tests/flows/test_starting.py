"""A start without the secrets that app.yaml names: it says so, and loses nothing."""

import logging
from pathlib import Path

import httpx
import pytest

from bot.bootstrap import Backstop, build
from bot.config import load
from bot.service import Service
from storage.models import DeliveryState
from tests.company import ANA, ESCALATIONS
from tests.config.files import TWO_PEOPLE
from tests.flows.scenes import HUMAN
from tests.flows.screen import messages
from tests.sandbox.serving import serving
from tests.world import World

MORE_TRIES_THAN_A_DELIVERY_HAS = 20
NO_TOKENS = {"SLACK_APP_TOKEN": "xapp-1"}


def built(folder: Path, text: str, environ: dict[str, str]) -> Backstop:
    file = folder / "app.yaml"
    file.write_text(text, encoding="utf-8")
    return build(load(file, environ), environ)


def test_what_cannot_be_shown_without_a_token_waits_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Law: nobody failed, so it is held and never given up; with the token it is shown once.
    """
    with monkeypatch.context() as without:
        without.delitem(world.backstop.outside.surfaces, "slack")
        world.write("joy", HUMAN, "The rota prints blank")
        for _ in range(MORE_TRIES_THAN_A_DELIVERY_HAS):
            world.later(minutes=1)
        with world.looking() as uow:
            waiting = uow.deliveries.listed(DeliveryState.WAITING, 99)
            assert not uow.deliveries.listed(DeliveryState.DEAD, 99)
        assert "slack is not connected: see backstop check" in {one.error for one in waiting}

    world.later(minutes=1)

    assert len(messages(world, ANA, ESCALATIONS)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO_PEOPLE, "slack.bot_token: the environment does not set SLACK_BOT_TOKEN."),
        ("company: {name: Acme}\n", "slack: is missing. Closes: everything in Slack."),
    ],
)
def test_a_start_says_what_is_closed_and_is_not_ready_without_slack(
    tmp_path: Path,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    text: str,
    expected: str,
) -> None:
    """
    The lines of `backstop check`, where somebody looks who has just started the bot.
    """
    environ = NO_TOKENS | {"BACKSTOP_DATABASE_URL": database_url}
    backstop = built(tmp_path, text, environ)

    application = Service(backstop, environ).application()
    with caplog.at_level(logging.INFO, "bot"), serving(application) as url:
        answer = httpx.get(f"{url}/readyz")

    assert f"CLOSED {expected}" in caplog.text
    assert (answer.status_code, answer.json()["slack"]) == (503, False)
