"""A person on the customer's side, wherever a row mentions one."""

from typing import get_args

from bot.imports.fields import Fields
from bot.imports.rows import ContactRole, ContactRow

ROLES: dict[str, ContactRole] = {role: role for role in get_args(ContactRole)}


def contact(fields: Fields) -> ContactRow:
    """Read the contact; one without an id is known by the e-mail address."""
    email = fields.text("email", "e_mail", "customer_email")
    if email and not ("@" in email and _is_line(email)):
        fields.refuse("email: is not an address")
    identity = fields.ident("id", "customer_id", "customer") or email.lower()
    if not identity:
        fields.refuse("id: is missing, and so is email")
    role = fields.word("role", "contact_role")
    if role and role not in ROLES:
        fields.refuse(f"role: is none of {', '.join(ROLES)}")
    return ContactRow(
        id=identity,
        name=fields.text("name", "customer_name"),
        email=email,
        role=ROLES.get(role),
        language=fields.language("language", "lang", "locale"),
        phone=fields.text("phone"),
        payment_ref=fields.ident("payment_ref", "payment_customer", "external_id"),
        vouched=fields.flag("vouched", default=True),
    )


def _is_line(text: str) -> bool:
    return text.isprintable() and " " not in text and len(text) <= 254
