"""What was said, in the escalation's thread and for one person's eyes."""

from bot.cards import Block, Card, Facts, Mention, Moment, Quote, Span, Strong, Text
from bot.config.directory import Directory
from bot.dossier import excerpt, is_chat
from bot.flows.casework.turns import unsent
from bot.outgoing import UNREACHED
from bot.people import Person
from storage.models import Author, Certainty, Effect, EffectState, Message, Ticket
from storage.unit_of_work import UnitOfWork

SHOWN, WHOLE = 10, 3_000
_TROUBLES = {
    "not_connected": "this help desk is not connected",
    "text_erased": "its words were erased",
    UNREACHED: "the help desk was not reached",
    "words_not_sent": "the reply before it was not sent",
    "requester_changed": "the ticket was given to another customer there, and these words were for "
    "the one before",
    "ticket_gone": "the ticket was marked as spam or deleted there",
}


def draw_message(message_id: int, uow: UnitOfWork, directory: Directory) -> Card:
    """What one side said, in the escalation's thread."""
    message = uow.tickets.message(message_id)
    if message is None:
        gone = "The words that stood here were erased."
        return Card(f"message-{message_id}", "", gone, (Text((gone,), "context"),))
    ticket = uow.tickets.get(message.ticket_id)
    owner = directory.get(ticket.owner) if ticket.owner else None
    lead: tuple[Span, ...] = (Strong(_said(message, ticket, _name(ticket, uow), directory)),)
    if owner and (message.author.is_outside or not message.public):
        lead = (Mention(owner.name, owner.slack, owner.teams), " ", *lead)
    # A lock screen names nobody of ours either.
    summary = f"Ticket #{ticket.id}: {_said(message, ticket, '', None)}"
    blocks: tuple[Block, ...] = (Text(lead), *quoted(message, "", 2500))
    failed = unsent(message, uow)
    if failed is not None:
        summary += "; not sent"
        blocks += (Text((Strong("Not sent: "), f"{why_unsent(failed)}.")),)
    return Card(key=f"message-{message_id}", title="", summary=summary, blocks=blocks)


def quoted(message: Message, by: str, most: int = 360) -> tuple[Block, ...]:
    """The words themselves, and below them a model's translation where there is one."""
    words = Quote(excerpt(message.body, most), by)
    if not message.translation:
        return (words,)
    return (words, Quote(excerpt(message.translation, most), by="Translated by a machine"))


def draw_conversation(
    ticket: Ticket, uow: UnitOfWork, directory: Directory, facts: Facts, reader: Person
) -> Card:
    """What is known of the ticket and the whole conversation, for one person's eyes; for a partner
    what was said with its present customer, since another may have had it before."""
    text = uow.tickets.text(ticket.id)
    title = f"Ticket #{ticket.id}: {text.subject if text else 'erased'}"
    name = _name(ticket, uow)
    said = uow.tickets.conversation(ticket.id)
    if reader.is_partner:
        said = [message for message in said if message.customer_id == ticket.customer_id]
        if text and text.customer_id != ticket.customer_id:
            title = f"Ticket #{ticket.id}"
    blocks: list[Block] = [facts]
    if len(said) > SHOWN:
        blocks.append(Text((f"The last {SHOWN} of {len(said)} messages:",), "context"))
    for message in said[-SHOWN:]:
        who = _said(message, ticket, name, directory)
        blocks += [
            Text((who, " · ", Moment(message.created_at)), "context"),
            *quoted(message, "internal note" if not message.public else "", WHOLE),
        ]
    return Card(
        key=f"ticket-{ticket.id}",
        title=title[:140],
        summary=f"Ticket #{ticket.id}",
        blocks=tuple(blocks),
    )


def why_unsent(effect: Effect) -> str:
    """What to tell whoever wanted it, of an effect that is refused or stuck."""
    if effect.state is EffectState.STUCK and effect.certainty is not Certainty.NEVER_SENT:
        return "nobody can tell whether it arrived"
    return _TROUBLES.get(effect.trouble or "", effect.trouble or "it was refused")


def speaker(ticket: Ticket, name: str) -> str:
    """What the ticket's author is called: a colleague whose message became one is no customer."""
    return (name or "Somebody") if is_chat(ticket) else "The customer"


def _name(ticket: Ticket, uow: UnitOfWork) -> str:
    words = uow.customers.text(ticket.customer_id) if is_chat(ticket) else None
    return words.name if words else ""


def _said(message: Message, ticket: Ticket, name: str, directory: Directory | None) -> str:
    """Without the directory it names nobody."""
    match message.author:
        case Author.CUSTOMER:
            where = f" in {ticket.channel}" if is_chat(ticket) else ""
            return f"{speaker(ticket, name)} wrote{where}"
        case Author.OTHER:
            return "Somebody else wrote, who is not the ticket’s customer"
        case Author.AGENT:
            return "The agent wrote" if message.public else "An automatic note"
    person = directory.get(message.person or "") if directory else None
    whom = " to the customer" if message.public else ""
    return f"{person.name if person else 'A colleague'} wrote{whom}"
