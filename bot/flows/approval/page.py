"""What a link leads to: the whole card, and a proof in place of a click.

People are sent there by e-mail while chat is down, or from chat where a passkey has to sign.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot import approval_commands as commands
from bot import entitlement
from bot.cards import (
    Answer,
    Block,
    Button,
    Buttons,
    Card,
    Divider,
    Form,
    Input,
    Notice,
    Text,
)
from bot.config import Settings
from bot.config.directory import Directory
from bot.errors import NotAllowed
from bot.flows.approval.cards import draw_approval
from bot.flows.approval.links import hash_of, is_over, last_known
from bot.flows.approval.proving import NO, YES, Proving
from bot.flows.approval.seeing import shown, too_late
from bot.flows.approval.states import Standing
from bot.labels import heading
from bot.people import Account, Person
from bot.people import Standing as Presence
from bot.ports import Clock
from bot.waiting import gated
from storage.models import Approval, MailLink
from storage.unit_of_work import UnitOfWork

_CODE = Input(
    "code",
    "The code your authenticator shows",
    max_length=10,
    hint="Six digits. A code counts once, for this act alone.",
)


def follow(
    command: commands.FollowLink,
    uow: UnitOfWork,
    directory: Directory,
    settings: Settings,
    proving: Proving,
    clock: Clock,
) -> Answer:
    """A form while its person may decide; a card with what became of it where nobody can any more;
    a notice for whoever may not; None for what is no link of ours.

    It only looks, since e-mail programs follow links by themselves, and nothing of it is on record,
    since anybody may ask.
    """
    link = uow.mail_links.by_hash(hash_of(command.token))
    if link is None or (link.is_mailed and settings.approvals.by_mail is None):
        return None
    approval = uow.approvals.get(link.approval_id)
    why = is_over(link, approval.version, clock.now())
    if why or not approval.is_undecided:
        return _over(approval, why or too_late(approval, directory).user_message, uow, directory)
    person, accounts = directory.get(link.person), directory.accounts_of(link.person)
    if person is None or not accounts:
        return Notice("You may not decide here any more, so this link leads nowhere.")
    account = accounts[0]
    # Whoever comes from chat was looked at there a moment ago, and is again when they decide.
    standing = Presence.MEMBER
    if link.is_mailed:
        standing = last_known(account, uow, settings, clock.now())
    known = replace(account, standing=standing)
    try:
        voted = uow.approvals.voted(approval)
        entitlement.check_may_decide(known, person, gated(approval, uow), voted)
        signing = proving.asked_on_page(link, person, uow)
    except NotAllowed as refusal:
        return Notice(refusal.user_message)
    card = draw_approval(approval.id, uow, directory, settings, clock)
    return None if card is None else _form(card, link, approval, person, account, signing)


def _form(
    card: Card,
    link: MailLink,
    approval: Approval,
    person: Person,
    account: Account,
    signing: Mapping[str, str],
) -> Form:
    """Its args say who they are whom it was sent to, which a page cannot know by itself; `sign`
    what their browser is to have signed, by button."""
    who = {"user": account.user, "workspace": account.workspace, "surface": account.surface}
    return Form(
        title=card.title,
        submit="Approve",
        action="approval.grant",
        args={
            **shown(approval),
            **who,
            "link": link.id,
            "time_zone": person.time_zone,
            "sign": signing,
        },
        blocks=(
            *_without_buttons(card),
            Divider(),
            Text((f"You decide as {person.name}. This link counts once.",), "context"),
            *(() if signing else (_CODE,)),
            Input(
                "reason",
                "To reject it: why not?",
                multiline=True,
                required=False,
                max_length=500,
                hint="Goes to the ticket and back to the agent. The customer does not see it.",
            ),
            Buttons(
                (
                    Button("Approve", YES, {}, "good"),
                    Button("Reject", NO, {}, "bad"),
                )
            ),
        ),
    )


def _without_buttons(card: Card) -> Iterator[Block]:
    """What a button would have asked first is said beside it."""
    for block in card.blocks:
        if not isinstance(block, Buttons):
            yield block
            continue
        for button in block.items:
            if button.confirm is not None:
                yield Text((button.confirm.text,))


def _over(approval: Approval, why: str, uow: UnitOfWork, directory: Directory) -> Card:
    """What became of it, without the act's own words: the link may be in anybody's hands by now."""
    effect = uow.effects.of_approval(approval.id)
    stands = Standing(approval, effect, uow.approvals.voted(approval))
    return Card(
        key=f"approval-{approval.id}",
        title=f"{heading(approval)}: {stands.headline()}",
        summary=why,
        blocks=(Text((why,)), Text((_next(stands),), "context")),
        tone="neutral",
    )


def _next(stands: Standing) -> str:
    if stands.approval.is_undecided:
        return "It still waits. Decide in chat, or through a newer link."
    return "Its card in chat says who decided, and what became of it."
