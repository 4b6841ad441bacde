"""The Web API methods of the workspace, in Slack's families."""

from sandbox.slack.methods import account, chat, conversations, people, views
from sandbox.slack.methods.method import Method

METHODS: dict[str, Method] = {
    **account.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **people.METHODS,
    **views.METHODS,
}
