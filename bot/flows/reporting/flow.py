"""What waits for whom: App Home, help, and who I am here."""

from collections.abc import Mapping, Sequence

from bot import commands, events
from bot.administrators import Administrators
from bot.cards import Answer, Block, Card, Divider, Moment, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed, Outdated
from bot.money import Money
from bot.people import Account, Person
from bot.ports import Clock
from bot.steps import Lane
from bot.waiting import approvals_for, escalations_for, late
from storage.models import Escalation, PostState
from storage.unit_of_work import UnitOfWork

# How many of the oldest are looked through for those of a partner's customers.
UNCLAIMED = 200
_LANES: Mapping[Lane, str] = {
    Lane.EFFECTS: "Payments, changes, replies and notes",
    Lane.POSTS: "Cards and private words",
    Lane.MODEL: "Tickets to be read or decided on",
    Lane.INNER: "Steps between them",
}
_NOT_LISTED = (
    "You are not on this team's list yet. An administrator can add you under `people:` in app.yaml."
)


def refuse_unreadable(command: commands.Unreadable) -> Answer:
    raise Outdated(command.why)


def open_home(command: commands.OpenHome, uow: UnitOfWork) -> Answer:
    by = command.by
    uow.emit(
        events.HomeChanged(by.surface, by.user, by.workspace, by.standing.value),
        key=f"home:{by.surface}:{by.workspace}:{by.user}",
    )
    return None


def draw_home(
    account: Account, uow: UnitOfWork, directory: Directory, settings: Settings, clock: Clock
) -> Card:
    """For everybody who opens it; whoever may not act here is told why."""
    person = directory.find(account)
    try:
        person = check_account(account, person)
    except NotAllowed as refusal:
        told = refusal.user_message if person else _NOT_LISTED
        return Card("home-0", "Backstop", told, (Text((told,)),))
    held = escalations_for(person, uow.escalations.held_by(person.id), uow, settings)
    unclaimed = escalations_for(person, uow.escalations.waiting(UNCLAIMED), uow, settings)
    blocks: list[Block] = [Text((Strong("Approvals that wait for you"),))]
    blocks += _approvals(person, uow)
    blocks += [Divider(), Text((Strong("Escalations you hold"),))]
    blocks += _escalations(held, "You hold none.")
    blocks += [Divider(), Text((Strong("Unclaimed"),))]
    blocks += _escalations(unclaimed, "Nothing waits. Well done, all of you.")
    if "admin" in person.roles:
        blocks += [Divider(), Text((Strong("What is late"),)), *_late(uow, clock)]
    return Card("home-0", f"Hello {person.name.split()[0]}", "What waits for you.", tuple(blocks))


def show_help(command: commands.ShowHelp, settings: Settings) -> Answer:
    names = settings.command_names
    lines: Sequence[tuple[str, str]] = (
        (f"{names.kb} QUESTION", "asks the knowledge base; only you see the answer"),
        (f"{names.ticket} NUMBER", "shows a ticket's conversation; only to you"),
        (names.approvals, "shows the approvals that wait for you"),
        (f"{names.backstop} me", "shows who you are here and what you may do"),
        (f"{names.backstop} stop effects", "holds every payment, change and message at once"),
        (f"{names.backstop} start effects", "lifts that; two people must say it"),
        ("More actions › Make this a ticket", "turns a message into a ticket"),
        ("@Backstop kb QUESTION", "asks within a thread, where slash commands do not work"),
    )
    if command.about == "effects":
        return _help(
            "What stops and starts effects", [each for each in lines if "effects" in each[0]]
        )
    return _help("What you can ask Backstop", lines)


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


def move_lost_card(event: events.CardLost, uow: UnitOfWork, administrators: Administrators) -> None:
    """A card that still asks for something, and whose channel is gone or closed to us, appears
    before the administrators instead."""
    post = uow.card_posts.get(event.post)
    uow.card_posts.settle(post.id, PostState.GONE)
    is_private = post.channel.startswith("@")
    if post.parent_id is None and not is_private and uow.card_posts.asks(post.card_key):
        administrators.show(uow, post.card_key, lost=post.channel)


def _approvals(person: Person, uow: UnitOfWork) -> list[Block]:
    mine = approvals_for(person, uow)
    if not mine:
        return [Text(("None.",), "context")]
    return [
        Text(
            (
                Strong(a.kind.replace("_", " ").capitalize()),
                f" {Money(a.amount, a.currency)}" if a.amount and a.currency else "",
                f" · ticket #{a.ticket_id} · until ",
                Moment(a.expires_at),
            )
        )
        for a in mine[:10]
    ]


def _late(uow: UnitOfWork, clock: Clock) -> list[Block]:
    """Cards, acts and tickets that are behind, whatever holds them."""
    behind = late(uow, clock.now())
    if not behind:
        return [Text(("Nothing.",), "context")]
    return [
        Text((Strong(_LANES[Lane(lane)]), f": {waits.count}, since ", Moment(waits.since)))
        for lane, waits in behind.items()
    ]


def _escalations(held: Sequence[Escalation], none: str) -> list[Block]:
    if not held:
        return [Text((none,), "context")]
    return [
        Text(
            (
                Strong(f"#{e.id}"),
                f" · {e.rule} · ticket #{e.ticket_id} · since ",
                Moment(e.created_at),
            )
        )
        for e in held[:10]
    ]
