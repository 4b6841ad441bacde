"""What people ask for in words: by a slash command, or by a mention where there are none."""

from bot import commands
from bot.people import Account


def to_question(key: str, text: str, account: Account) -> commands.Command:
    """`key` is the setting under slack.commands that names the slash command."""
    match key:
        case "kb":
            return commands.AskKnowledge(account, text)
        case "ticket":
            return commands.ShowTicket(account, text)
        case "approvals":
            return commands.ListApprovals(account)
    return asked(text, account)


def asked(text: str, account: Account) -> commands.Command:
    """What `/backstop …` or a mention asks for; help when it is anything else. Half the words
    that stop everything stop nothing."""
    word, _, rest = text.strip().partition(" ")
    match word.lower(), rest.strip().lower():
        case "me", _:
            return commands.ShowMe(account)
        case "stop", "effects":
            return commands.StopEffects(account)
        case "start", "effects":
            return commands.StartEffects(account)
        case (("stop" | "start"), _):
            return commands.ShowHelp(account, "effects")
        case ("kb" | "ticket" | "approvals") as key, _:
            return to_question(key, rest.strip(), account)
    return commands.ShowHelp(account, "all" if word.lower() in ("", "help") else "unknown")
