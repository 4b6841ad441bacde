"""A contact and its account as one flat row of `backstop import customers`."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.http.json_body import ident, words

# Whatever else administrators keep on people and organisations stays where it is.
_OF_HOME = ("tier", "plan", "region", "yearly_value", "currency", "products", "moments", "handoffs")
_OF_PERSON = ("role",)


def person(told: Mapping[str, Any], language: str, vouched: bool) -> Mapping[str, Any]:
    """What help desks call alike on a user or contact of theirs."""
    return {
        "id": ident(told.get("id")),
        "external_id": words(told.get("external_id")),
        "name": words(told.get("name")),
        "email": words(told.get("email")),
        "phone": words(told.get("phone")),
        "language": language,
        "vouched": vouched,
    }


def contact_row(
    who: Mapping[str, Any],
    own: Mapping[str, Any],
    home: Mapping[str, Any],
    account: str,
    account_name: str,
) -> Mapping[str, Any]:
    """`own` and `home` are the custom fields of the person and of the organisation."""
    return {
        **{name: home[name] for name in _OF_HOME if account and name in home},
        **{name: own[name] for name in _OF_PERSON if name in own},
        **who,
        "account": account,
        "account_name": account_name,
    }
