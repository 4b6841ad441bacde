"""What adds up: small acts one after the other are no easier to get than a large one."""

from datetime import datetime, timedelta

from bot import acts, gates
from bot.config import Settings
from bot.errors import NotAllowed
from bot.money import Money
from bot.people import Person
from storage.models import Approval
from storage.unit_of_work import UnitOfWork

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def together(
    act: acts.Act, customer_id: int, uow: UnitOfWork, settings: Settings, now: datetime
) -> int:
    """What the same customer, or anybody of their account, is given back beside this, in minor
    units of its currency; its caller holds the customer's lock."""
    within = settings.limits.together_within
    if not isinstance(act, acts.Refund) or not within:
        return 0
    # Two contacts of one company may ask at the same moment.
    if account := uow.customers.get(customer_id).account_id:
        uow.caps.lock(f"account:{account}")
    return uow.caps.refunded(customer_id, act.currency, now - within, act.about)


def past_the_hour(
    act: acts.Act, grade: gates.Grade, uow: UnitOfWork, settings: Settings, now: datetime
) -> gates.Grade:
    """The same, where an hour may still have acts that nobody is asked about; else one is asked: an
    agent that runs wild is noticed by somebody."""
    bounds = {str(kind): bound for kind, bound in settings.limits.unasked_per_hour.items()}
    if grade.level != "auto" or act.kind not in bounds:
        return grade
    uow.caps.lock(f"unasked:{act.kind}")
    if uow.caps.unasked(act.kind, now - HOUR) < bounds[act.kind]:
        return grade
    return gates.with_one(grade)


def check_day(
    approval: Approval, person: Person, uow: UnitOfWork, settings: Settings, now: datetime
) -> None:
    """Raises NotAllowed where this yes would bring what they approved in 24 hours above what one
    person may."""
    bounds = {str(act): bound for act, bound in settings.limits.approved_per_person_day.items()}
    if approval.kind not in bounds or approval.amount is None:
        return
    cap = Money(bounds[approval.kind], settings.company.currency)
    uow.caps.lock(f"person:{person.id}")
    said = uow.caps.approved_by(person.id, approval.kind, cap.currency, now - DAY)
    if approval.currency == cap.currency and said + approval.amount <= cap.amount:
        return
    so_far = Money(said, cap.currency)
    raise NotAllowed(
        f"One person approves up to {cap} within 24 hours here, and you have approved {so_far}. "
        "Somebody else has to approve this."
    )
