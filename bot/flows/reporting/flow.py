"""Help, and what administrators are told."""

from collections.abc import Sequence

from bot import commands, events
from bot.administrators import Administrators
from bot.cards import Answer, Card, Strong, Text
from bot.config import Settings
from bot.errors import Outdated
from storage.models import PostState
from storage.unit_of_work import UnitOfWork


def refuse_unreadable(command: commands.Unreadable) -> Answer:
    raise Outdated(command.why)


def open_home(command: commands.OpenHome, uow: UnitOfWork) -> Answer:
    by = command.by
    uow.emit(
        events.HomeChanged(by.surface, by.user, by.workspace, by.standing.value),
        key=f"home:{by.surface}:{by.workspace}:{by.user}",
    )
    return None


def show_help(command: commands.ShowHelp, settings: Settings) -> Answer:
    names = settings.command_names
    lines: Sequence[tuple[str, str]] = (
        (f"{names.kb} QUESTION", "asks the knowledge base; only you see the answer"),
        (f"{names.ticket} NUMBER", "shows a ticket's conversation; only to you"),
        (names.approvals, "shows the approvals that wait for you"),
        (f"{names.backstop} me", "shows who you are here and what you may do"),
        (
            f"{names.backstop} away UNTIL for NAME",
            "you are away until then, and NAME is reminded instead; NAME may be left out",
        ),
        (f"{names.backstop} back", "ends that"),
        (
            f"{names.backstop} authenticator",
            "sets up what makes the codes that an approval may take",
        ),
        (f"{names.backstop} stop effects", "holds every payment, change and message at once"),
        (f"{names.backstop} start effects", "lifts that; two people must say it"),
        (f"{names.kb} mine", "shows the articles that wait for you, and those you look after"),
        (f"{names.kb} gaps", "shows what no article covers"),
        ("More actions › Make this a ticket", "turns a message into a ticket"),
        ("More actions › Write an article", "drafts an article from a message and its thread"),
        ("@Backstop kb QUESTION", "asks within a thread, where slash commands do not work"),
    )
    if command.about == "effects":
        return _help(
            "What stops and starts effects", [each for each in lines if "effects" in each[0]]
        )
    sorry = "Backstop does not know that. " if command.about == "unknown" else ""
    return _help(f"{sorry}What you can ask Backstop", lines)


def _help(title: str, lines: Sequence[tuple[str, str]]) -> Card:
    return Card(
        key="help-0",
        title=title,
        summary=f"{title}.",
        blocks=tuple(Text((Strong(what), f"  {does}")) for what, does in lines),
    )


def tell_admins(
    event: events.DeliveryParked, uow: UnitOfWork, administrators: Administrators
) -> None:
    """A dead letter is a person's business: replayable, never dropped. One that could not be
    told is not told of in the same way, or there would be no end to it."""
    if event.step == "tell privately":
        return
    administrators.tell(
        uow,
        f"Delivery {event.delivery} ({event.step}) gave up. Look with "
        f"`backstop deliveries list`, then `backstop deliveries replay {event.delivery}`.",
    )


def tell_administrators(
    command: commands.TellAdministrators, uow: UnitOfWork, administrators: Administrators
) -> Answer:
    administrators.tell(uow, command.words)
    return None


def move_lost_card(event: events.CardLost, uow: UnitOfWork, administrators: Administrators) -> None:
    """A card that still asks for something, and whose channel is gone or closed to us, appears
    before the administrators instead."""
    post = uow.card_posts.get(event.post)
    uow.card_posts.settle(post.id, PostState.GONE)
    is_private = post.channel.startswith("@")
    if post.parent_id is None and not is_private and uow.card_posts.asks(post.card_key):
        administrators.show(uow, post.card_key, lost=post.channel)
