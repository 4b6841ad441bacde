"""Where a click alone is not enough for a yes; pure.

Whoever holds somebody's chat account can click as them. Above the amounts of app.yaml, and for
whoever is let in from outside always, a yes takes a code of their authenticator too, or a passkey.
"""

from bot.config import Settings
from bot.entitlement import Gated
from bot.people import Person


def takes_code(gated: Gated, person: Person, settings: Settings) -> bool:
    """Whether this person's yes to it needs a code. Of an act without an amount, or with one in
    another currency than the company's, nobody can say that it is small."""
    step_up = settings.approvals.step_up
    if step_up is None:
        return False
    if person.is_partner:
        return True
    by_act = {str(act): above for act, above in step_up.above.items()}
    if gated.kind not in by_act:
        return False
    if gated.amount is None or gated.currency != settings.company.currency:
        return True
    return gated.amount > by_act[gated.kind]
