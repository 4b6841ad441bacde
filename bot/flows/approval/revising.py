"""Change an act before it is approved: another version, for which nobody has said yes.

Whoever changed it cannot approve it, and its gate stays the one that it was asked for under. Never
changed are whom it reaches and what it acts on.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot import acts, entitlement
from bot import approval_commands as commands
from bot.approval_actions import TYPED
from bot.cards import Answer
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.errors import InvalidForm, NotAllowed
from bot.flows.approval.holding import check_mode
from bot.flows.approval.originals import original
from bot.flows.approval.reading_over import findings_of
from bot.flows.approval.renewing import Renewing, in_the_way, renew
from bot.flows.approval.revision_form import Changed, act_of, draw, fitting, proposed_first
from bot.flows.approval.seeing import check_open, check_seen, entitled, shown_to, too_late
from bot.flows.approval.withdrawing import check_wanted
from bot.labels import heading
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.waiting import at_any_step, gated, is_satisfiable
from storage.models import Approval
from storage.unit_of_work import UnitOfWork


def open_revision(
    command: commands.OpenRevision,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    settings: Settings,
) -> Answer:
    approval = uow.approvals.get(command.approval)
    person = check_may_revise(command.by, approval, uow, directory, clock, settings)
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    check_seen(command, approval)
    check_open(approval, clock.now(), directory)
    act = act_of(approval)
    if not approval.is_returned:
        if not fitting(act):
            raise NotAllowed("This cannot be changed in a form. Ask for changes instead.")
        _check_enough_left(approval, person, 1, uow, directory)
    return draw(approval, act, uow, directory)


def revise(
    command: commands.ReviseApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> Answer:
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    person = check_may_revise(command.by, approval, uow, directory, clock, settings)
    check_mode(approval, settings)
    check_wanted(approval, uow.tickets.get(approval.ticket_id))
    check_open(approval, now, directory)
    check_seen(command, approval)
    act = act_of(approval)
    new = _edited(act, command.typed, approval, uow)
    is_other = new != act
    note = command.note.strip()
    _check_says_something(approval, note, is_other)
    if is_other:
        _check_alone(new, approval, uow)
        _check_enough_left(approval, person, getattr(new, "amount", None), uow, directory)
    over = _to_read_over(act, new)
    if over and command.read_over != acts.digest(acts.canonical(new)):
        changed = Changed(act, findings_of(new, approval, uow, clock), note)
        return draw(approval, new, uow, directory, changed)
    change = Renewing(
        act,
        new,
        person.id,
        note,
        {*approval.editors, *([person.id] if is_other else [])},
        entitled(person, approval.kind),
    )
    seen = shown_to(command)
    if not renew(approval, seen, change, uow, directory, clock, publisher, settings):
        raise too_late(uow.approvals.get(approval.id), directory)
    return None


def check_may_revise(
    by: Account,
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    settings: Settings,
) -> Person:
    """Whoever could say yes or no; where a question is open, whoever works for the customer too.

    Raises:
        NotAllowed: Neither, or the act is theirs.

    """
    person = directory.find(by)
    if approval.is_returned:
        account = dossier(uow, approval.customer_id, clock.now()).account_ref
        person = entitlement.check_may_work(by, person, settings, account)
        if person.id == approval.requester and approval.message_id is None:
            raise NotAllowed("You asked for this yourself, so somebody else has to answer.")
        if person.is_partner and person.organisation not in approval.partners:
            raise NotAllowed("This gate does not let your organisation decide.")
        return person
    return entitlement.check_may_decide(by, person, at_any_step(approval, uow))


def _edited(
    act: acts.Act, typed: Mapping[str, str], approval: Approval, uow: UnitOfWork
) -> acts.Act:
    try:
        return act.edited({**act.typed(), **typed}, proposed_first(approval, uow))
    except acts.Unfit as unfit:
        raise InvalidForm({f"{TYPED}{name}": why for name, why in unfit.fields.items()}) from None


def _check_says_something(approval: Approval, note: str, is_other: bool) -> None:
    if approval.is_returned and not note:
        raise InvalidForm({"note": "Answer the question in a few words, please."})
    if not approval.is_returned and not is_other:
        raise InvalidForm({"note": "Nothing is changed yet. Close this to leave it as it is."})


def _check_alone(new: acts.Act, approval: Approval, uow: UnitOfWork) -> None:
    """Other words are another message, which may be there already."""
    if other := in_the_way(new.about, approval, uow):
        raise InvalidForm({"note": f"The same is asked for already: {heading(other)}."})


def _check_enough_left(
    approval: Approval, person: Person, amount: int | None, uow: UnitOfWork, directory: Directory
) -> None:
    """Raises NotAllowed where too few would be left who may approve it."""
    editors = frozenset({*approval.editors, person.id})
    whole = None if amount is None else amount + approval.together
    asked = replace(gated(approval, uow), editors=editors, amount=whole)
    if not is_satisfiable(approval, asked, directory):
        raise NotAllowed(
            "Once you have changed this, too few are left who may approve it. Reject it with a "
            "reason, or ask for changes."
        )


def _to_read_over(act: acts.Act, new: acts.Act) -> bool:
    was, is_now = act.typed(), new.typed()
    return any(field.read_over and was[field.name] != is_now[field.name] for field in act.editable)
