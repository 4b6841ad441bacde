"""What people ask for in words: by a slash command, or by a mention where there are none."""

from dataclasses import replace

from bot import approval_commands, commands, enrolment_commands, knowledge_commands
from bot.people import Account


def to_question(key: str, text: str, account: Account) -> commands.Command:
    """`key` is the setting under slack.commands that names the slash command."""
    match key:
        case "kb":
            return _of_knowledge(text, account)
        case "ticket":
            return commands.ShowTicket(account, text)
        case "approvals":
            return approval_commands.ListApprovals(account)
    return asked(text, account)


def _of_knowledge(text: str, account: Account) -> commands.Command:
    match text.strip().lower():
        case "gaps":
            return knowledge_commands.ListGaps(account)
        case "mine":
            return knowledge_commands.ListArticles(account)
    return knowledge_commands.AskKnowledge(account, text)


def _of_oneself(key: str, text: str, account: Account) -> commands.Command:
    match key:
        case "away":
            return approval_commands.GoAway(account, text)
        case "back":
            return approval_commands.ComeBack(account)
        case "authenticator":
            word, _, whose = text.partition(" ")
            if word.lower() == "revoke":
                return enrolment_commands.RevokeAuthenticator(account, whose.strip())
            return enrolment_commands.ShowAuthenticator(account)
    return commands.ShowMe(account)


def asked_at(
    command: commands.Command, channel: str, thread: str = "", words: tuple[str, ...] = ()
) -> commands.Command:
    """The same with where it was asked, which only questions to the knowledge base want to know."""
    if isinstance(command, knowledge_commands.AskKnowledge):
        return replace(command, channel=channel, thread=thread, words=words)
    return command


def asked(text: str, account: Account) -> commands.Command:
    """What `/backstop …` or a mention asks for; help when it is anything else. Half the words
    that stop everything stop nothing."""
    word, _, rest = text.strip().partition(" ")
    match word.lower(), rest.strip().lower():
        case (("me" | "away" | "back" | "authenticator") as key, _):
            return _of_oneself(key, rest.strip(), account)
        case "stop", "effects":
            return commands.StopEffects(account)
        case "start", "effects":
            return commands.StartEffects(account)
        case (("stop" | "start"), _):
            return commands.ShowHelp(account, "effects")
        case ("kb" | "ticket" | "approvals") as key, _:
            return to_question(key, rest.strip(), account)
    return commands.ShowHelp(account, "all" if word.lower() in ("", "help") else "unknown")
