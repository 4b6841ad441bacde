"""A remark about an approval: it decides nothing, and holds nothing up."""

from collections.abc import Iterator

from bot import approval_commands as commands
from bot.cards import Answer, Block, Card, Form, Input, Moment, Quote, Strong, Text
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_may_work
from bot.errors import InvalidForm
from bot.flows.approval.seeing import shown
from bot.labels import heading
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, ApprovalComment
from storage.unit_of_work import UnitOfWork

AT_LEAST, AT_MOST = 2, 1_000
SHOWN = 3


def open_comment(
    command: commands.OpenComment, uow: UnitOfWork, directory: Directory, settings: Settings
) -> Answer:
    approval = uow.approvals.get(command.approval)
    _whoever_works_on(command.by, approval, uow, directory, settings)
    return Form(
        title="Comment",
        submit="Say it",
        action="approval.comment",
        args=shown(approval),
        blocks=(
            Input(
                "text",
                "What should others know?",
                multiline=True,
                max_length=AT_MOST,
                hint="Stands below the card. It decides nothing, and the customer does not see it.",
            ),
        ),
    )


def comment(
    command: commands.CommentOnApproval,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    publisher: Publisher,
    clock: Clock,
) -> Answer:
    """Also about what is decided: who looks at it later reads why."""
    body = command.text.strip()
    if len(body) < AT_LEAST:
        raise InvalidForm({"text": "There is nothing in it yet."})
    now, approval = clock.now(), uow.approvals.get(command.approval)
    person = _whoever_works_on(command.by, approval, uow, directory, settings)
    made = uow.comments.add(approval, person.id, body, now)
    about = {
        "comment": made.id,
        "version": made.version,
        "text": uow.keyed_hash(approval.customer_id, body),
    }
    uow.record(now, "approval commented", person.id, f"approval:{approval.id}", about)
    for post in uow.card_posts.of(f"approval-{approval.id}"):
        if not post.channel.startswith("@"):
            publisher.place(uow, f"comment-{made.id}", post.surface, post.channel, parent=post.id)
    publisher.redraw(uow, f"approval-{approval.id}")
    return None


def comments(approval: Approval, uow: UnitOfWork, directory: Directory) -> Iterator[Block]:
    """The newest few, the last one last: copies of the card that stand elsewhere have no thread."""
    for one in uow.comments.of(approval.id)[-SHOWN:]:
        yield from _said(one, directory)


def draw_comment(ident: int, uow: UnitOfWork, directory: Directory) -> Card:
    """Below the card."""
    one = uow.comments.get(ident)
    approval = uow.approvals.get(one.approval_id)
    blocks = tuple(_said(one, directory)) or (
        Text(("The customer was erased, and with them what stood here.",), "context"),
    )
    return Card(
        key=f"comment-{ident}",
        title="",
        summary=f"A comment about {heading(approval)} for ticket #{approval.ticket_id}.",
        blocks=blocks,
        partners=tuple(approval.partners),
    )


def _said(one: ApprovalComment, directory: Directory) -> Iterator[Block]:
    if one.body:
        person = directory.get(one.person)
        who = person.name if person else one.person
        yield Text((Strong(f"{who} says"), " · ", Moment(one.at)))
        yield Quote(one.body, by=who)


def _whoever_works_on(
    by: Account, approval: Approval, uow: UnitOfWork, directory: Directory, settings: Settings
) -> Person:
    account = uow.customers.account(uow.customers.get(approval.customer_id).account_id)
    return check_may_work(by, directory.find(by), settings, account.ref if account else None)
