"""After an act the customer hears of it, in a fixed sentence that the card showed before; of one
that was approved and not done, those who approved."""

from collections.abc import Mapping
from dataclasses import astuple

from bot import events
from bot.config.directory import Directory
from bot.flows.approval.consent import LEFT
from bot.flows.approval.states import why_refused
from bot.flows.approval.withdrawing import why_moot
from bot.labels import heading
from bot.money import Money
from bot.outgoing import Outgoing
from bot.people import Person
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, Author, Message, TicketStatus
from storage.unit_of_work import UnitOfWork

_REFUND: Mapping[str, str] = {
    "en": "We have refunded {amount} to the way you paid. "
    "Your bank may take a few working days to show it.",
    "de": "Wir haben Ihnen {amount} auf Ihrem Zahlungsweg erstattet. "
    "Bis Ihre Bank es zeigt, können einige Werktage vergehen.",
    "es": "Le hemos devuelto {amount} por el mismo medio de pago. "
    "Su banco puede tardar unos días hábiles en mostrarlo.",
    "fr": "Nous vous avons remboursé {amount} par votre moyen de paiement. "
    "Votre banque peut mettre quelques jours ouvrés à l’afficher.",
    "pt": "Devolvemos {amount} pelo mesmo meio de pagamento. "
    "O seu banco pode demorar alguns dias úteis a mostrar.",
}
_CHANGE: Mapping[str, str] = {
    "en": "The change to your account that you asked for is done.",
    "de": "Die gewünschte Änderung an Ihrem Konto ist erledigt.",
    "es": "El cambio que pidió en su cuenta está hecho.",
    "fr": "La modification demandée sur votre compte est faite.",
    "pt": "A alteração que pediu na sua conta está feita.",
}

# What stands for the comma between thousands and for the decimal point.
_MARKS: Mapping[str, Mapping[int, str]] = {
    code: str.maketrans({",": thousands, ".": ","})
    for code, thousands in {"de": ".", "es": ".", "fr": "\u202f", "pt": "."}.items()
}


def sentence(approval: Approval, language: str) -> str:
    """What the customer reads once the act is done; empty for a message, which speaks itself."""
    if approval.kind == "refund" and approval.amount is not None and approval.currency:
        words = _REFUND.get(language, _REFUND["en"])
        return words.format(amount=_in(language, Money(approval.amount, approval.currency)))
    if approval.kind == "account_change":
        return _CHANGE.get(language, _CHANGE["en"])
    return ""


def _in(language: str, money: Money) -> str:
    """As people who read this language write sums."""
    marks = _MARKS.get(language) if language in _REFUND else None
    return str(money).translate(marks) if marks else str(money)


def note_rejection(
    approval: Approval,
    person: Person,
    reason: str,
    uow: UnitOfWork,
    clock: Clock,
    outgoing: Outgoing,
) -> None:
    """The reason stands on the ticket in the help desk too, as an internal note."""
    what = approval.kind.replace("_", " ")
    note = uow.tickets.say(
        Message(
            ticket_id=approval.ticket_id,
            customer_id=approval.customer_id,
            author=Author.PERSON,
            person=person.id,
            public=False,
            body=f"{person.name} rejected the proposed {what}: {reason}",
            created_at=clock.now(),
        )
    )
    outgoing.say(uow, note, f"person:{person.id}")


def tell_customer(event: events.ActDone, uow: UnitOfWork, clock: Clock, outgoing: Outgoing) -> None:
    effect = uow.effects.get(event.effect)
    if effect.approval_id is None:
        return
    ticket = uow.tickets.get(effect.ticket_id)
    approval = uow.approvals.get(effect.approval_id)
    # What was done for another customer before the ticket was given to this one is not theirs, and
    # on a ticket that is gone nobody reads anything.
    is_moot = why_moot(ticket, approval.customer_id) is not None
    text = "" if is_moot else sentence(approval, ticket.language)
    busy = uow.tickets.busy(ticket.id)
    if busy.waiting:
        # What the customer wrote meanwhile is looked at now, and keeps the ticket open.
        uow.emit(events.TriageWanted(ticket.id), key=f"triage:{ticket.id}")
    if not text:
        return
    message = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.AGENT,
            body=text,
            draft=True,
            created_at=clock.now(),
        )
    )
    outgoing.say(uow, message, effect.authority)
    if not any(astuple(busy)) and ticket.desk_owner is None:
        ticket.status = TicketStatus.RESOLVED
        outgoing.set_status(uow, ticket, TicketStatus.RESOLVED.value, effect.authority)


def tell_approvers(
    event: events.EffectRefused, uow: UnitOfWork, directory: Directory, publisher: Publisher
) -> None:
    """Whoever approved something takes it for done, and may have said so to somebody."""
    effect = uow.effects.get(event.effect)
    if effect.approval_id is None or effect.trouble == LEFT:
        # Who may no longer approve is perhaps not with us any more.
        return
    approval = uow.approvals.get(effect.approval_id)
    for voted in uow.approvals.voted(approval):
        person = directory.get(voted)
        if person is not None:
            publisher.tell(
                uow,
                person,
                f"{heading(approval)}, which you approved, was not carried out: "
                f"{why_refused(effect)}",
                approval.ticket_id,
            )
