"""What is answered to a form, or to a slash command, in the acknowledgement itself."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.cards import Answer, Card, Form, FormErrors, Notice
from bot.handlers.slack.render import (
    card_message,
    card_view,
    form_view,
    notice_message,
    notice_view,
)


async def close(ack: AsyncAck, answer: Answer, first: str) -> None:
    """What a form is refused for stands at its `first` input: another view in its place would take
    away what was typed. Only a form that holds it may come instead."""
    match answer:
        case Form():
            await ack(response_action="update", view=form_view(answer))
        case FormErrors():
            await ack(response_action="errors", errors=dict(answer.fields))
        case Notice() if first:
            await ack(response_action="errors", errors={first: answer.text})
        case Notice():
            await ack(response_action="update", view=notice_view(answer.text))
        case Card():
            await ack(response_action="update", view=card_view(answer))
        case _:
            await ack()


def private(answer: Answer) -> dict[str, Any] | None:
    if isinstance(answer, Card):
        return card_message(answer)
    return notice_message(answer.text) if isinstance(answer, Notice) else None
