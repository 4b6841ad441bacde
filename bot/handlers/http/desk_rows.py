"""A contact and its account as one flat row of `backstop import customers`."""

from collections.abc import Mapping
from typing import Any

# Whatever else administrators keep on people and organisations stays where it is.
_OF_HOME = ("tier", "plan", "region", "yearly_value", "currency", "products", "moments", "handoffs")
_OF_PERSON = ("role",)


def contact_row(
    person: Mapping[str, str],
    own: Mapping[str, Any],
    home: Mapping[str, Any],
    account: str,
    account_name: str,
) -> Mapping[str, Any]:
    """`own` and `home` are the custom fields of the person and of the organisation."""
    return {
        **{name: home[name] for name in _OF_HOME if account and name in home},
        **{name: own[name] for name in _OF_PERSON if name in own},
        **person,
        "account": account,
        "account_name": account_name,
    }
