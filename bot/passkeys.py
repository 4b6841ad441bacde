"""Passkeys (WebAuthn): a key that never leaves somebody's device signs what our own page asks.

What it signs names our address, so that a page made to look like ours gets nothing that counts
here: that is what they have before codes.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from bot.people import Person

# What no browser sends the package reads without an error of its own.
_NO_ANSWER = (WebAuthnException, RecursionError, ValueError)
# A finger, a face or a PIN: a device that lies about unlocked is not its person.
_THEY = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Passkeys:
    """`origin` is where people reach our page (scheme, host, and port where it is not the usual),
    `name` what their device calls us. Options and answers are JSON as browsers have them; a
    challenge is 32 bytes, and what is kept of a passkey holds nothing secret."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    def to_make(self, challenge: bytes, person: Person) -> str:
        """What a device is asked that shall make one."""
        return options_to_json(
            generate_registration_options(
                rp_id=self.host,
                rp_name=self.name,
                user_id=person.id.encode(),
                user_name=person.name,
                challenge=challenge,
                authenticator_selection=AuthenticatorSelectionCriteria(user_verification=_THEY),
            )
        )

    def made(self, answer: str, challenge: bytes) -> tuple[str, int] | None:
        """What is kept of it, and how often it says it has signed; None for an answer that is none
        to this challenge."""
        try:
            found = verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except _NO_ANSWER:
            return None
        ident, key = found.credential_id, found.credential_public_key
        kept = {"id": bytes_to_base64url(ident), "key": bytes_to_base64url(key)}
        return json.dumps(kept), found.sign_count

    def to_sign(self, challenge: bytes, kept: str) -> str:
        """What the device is asked that holds it."""
        held = PublicKeyCredentialDescriptor(id=base64url_to_bytes(json.loads(kept)["id"]))
        return options_to_json(
            generate_authentication_options(
                rp_id=self.host,
                challenge=challenge,
                allow_credentials=[held],
                user_verification=_THEY,
            )
        )

    def signed(self, answer: str, challenge: bytes, kept: str, used: int) -> int | None:
        """How often it says it has signed (0 where it does not count); None for an answer that is
        none to this challenge, or from a copy that has fallen behind `used`."""
        try:
            found = verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self.host,
                expected_origin=self.origin,
                credential_public_key=base64url_to_bytes(json.loads(kept)["key"]),
                credential_current_sign_count=used,
                require_user_verification=True,
            )
        except _NO_ANSWER:
            return None
        return found.new_sign_count
