"""The preview in a form follows what is typed, whatever order Slack carries calls out in."""

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Form, Input, Quote
from bot.handlers.slack.preview import Previews, is_typing, with_preview
from bot.handlers.slack.render import form_view

FORM = Form(
    title="Reply to the customer",
    submit="Send to customer",
    action="escalation.send_reply",
    args={"escalation": 7},
    blocks=(Input("text", "Your reply", multiline=True, previewed=True), Quote("Help!", by="They")),
)
# As Slack sends an open view back: with fields of its own.
VIEW = {**form_view(FORM), "id": "V1", "hash": "156.a", "state": {"values": {}}, "team_id": "T1"}


def typing(words: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": "text", "block_id": "text", "value": words}


def shown(view: Any) -> str:
    return str(view["blocks"][1]["elements"][1]["elements"][0]["text"])


class SlowSlack(AsyncWebClient):
    """Takes views when it is let to; the rest of Slack is not asked for."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-none")
        self.drawn: list[str] = []
        self.may_answer = asyncio.Event()
        self.hash = VIEW["hash"]

    async def views_update(self, **given: Any) -> Any:
        await self.may_answer.wait()
        if given["hash"] != self.hash:
            raise SlackApiError("changed", {"error": "hash_conflict"})  # type: ignore[no-untyped-call]
        self.drawn.append(shown(given["view"]))
        self.hash += "+"
        return {"ok": True, "view": {"hash": self.hash}}


def test_only_the_preview_changes() -> None:
    """Law: the redrawn form is the one that was opened, with other words in its preview."""
    view = with_preview(VIEW, "text", "  Dear <b>Joy</b>\n")
    assert shown(view) == "Dear <b>Joy</b>"
    assert shown(with_preview(VIEW, "text", " \n")) == shown(VIEW) == "(nothing yet)"
    assert with_preview(view, "text", "") == form_view(FORM)


def test_a_key_stroke_is_no_press() -> None:
    assert is_typing(typing("a"))
    assert not is_typing({"type": "button", "action_id": "escalation.claim"})


def test_the_newest_words_are_drawn_last_and_those_between_are_spared() -> None:
    """Law: calls for one form never overlap, so an older text cannot land on a newer one."""

    async def play() -> list[str]:
        slack = SlowSlack()
        previews = Previews(slack)
        first = asyncio.create_task(previews.follow(VIEW, typing("D")))
        await asyncio.sleep(0)
        for words in ("De", "Dea", "Dear"):
            await previews.follow(VIEW, typing(words))
        slack.may_answer.set()
        await first
        return slack.drawn

    assert asyncio.run(play()) == ["D", "Dear"]


def test_a_form_that_came_back_with_warnings_is_not_overwritten() -> None:
    """Law: a key stroke that is late never brings back the form, and the warnings, of before."""

    async def play() -> list[str]:
        slack = SlowSlack()
        slack.may_answer.set()
        previews = Previews(slack)
        for words in ("D", "De"):
            await previews.follow(VIEW, typing(words))
        slack.hash = "157.b"
        await previews.follow(VIEW, typing("Dea"))
        await previews.follow({**VIEW, "hash": "157.b"}, typing("Dear"))
        return slack.drawn

    assert asyncio.run(play()) == ["D", "De", "Dear"]


def test_a_form_that_is_gone_is_left_alone() -> None:
    """Law: a preview that cannot be drawn is nobody's trouble, and the next one is drawn again."""

    class Gone(SlowSlack):
        async def views_update(self, **given: Any) -> Any:
            if shown(given["view"]) == "late":
                raise SlackApiError("gone", {"error": "not_found"})  # type: ignore[no-untyped-call]
            return await super().views_update(**given)

    async def play() -> list[str]:
        slack = Gone()
        slack.may_answer.set()
        previews = Previews(slack)
        await previews.follow(VIEW, typing("late"))
        await previews.follow(VIEW, typing(None))
        return slack.drawn

    assert asyncio.run(play()) == ["(nothing yet)"]
