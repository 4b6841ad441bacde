"""E-mail goes out encrypted, to a server that proves who it is, or not at all."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.config.outside import MailSettings
from bot.errors import TryLater
from bot.handlers.smtp import SmtpMail
from tests.clock import SteerableClock
from tests.flows.letters import Letters, free_port


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of localhost, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    file = tmp_path / "localhost.pem"
    file.write_bytes(made.public_bytes(pem[0]) + key.private_bytes(*pem, plain))
    return file


def test_a_password_goes_over_an_encrypted_line(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    letters = Letters()
    with _serving(letters, certificate) as port:
        _mail(port).send("lea@larkspur.example", "Refund 1.00 USD", "Für Lea", "link-1")
    [arrived] = letters.arrived
    assert (arrived.to, arrived.subject) == ("lea@larkspur.example", "Refund 1.00 USD")
    assert arrived.text.strip() == "Für Lea"


def test_a_server_that_nobody_vouches_for_is_told_nothing(certificate: Path) -> None:
    letters = Letters()
    with _serving(letters, certificate) as port, pytest.raises(TryLater, match="SSLCert"):
        _mail(port).send("lea@larkspur.example", "Refund", "Secret", "link-1")
    assert letters.arrived == []


def test_a_server_that_does_not_encrypt_is_told_nothing() -> None:
    """Law: whoever takes the offer out of its greeting on the way gets no password."""
    letters = Letters()
    with _serving(letters, None) as port, pytest.raises(TryLater):
        _mail(port).send("lea@larkspur.example", "Refund", "Secret", "link-1")
    assert letters.arrived == []


@contextmanager
def _serving(letters: Letters, certificate: Path | None) -> Iterator[int]:
    port, secured = free_port(), dict[str, Any]()
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        secured = {"tls_context": context, "require_starttls": True}
        secured |= {"auth_required": True, "authenticator": _knows}
    server = Controller(letters, "localhost", port, **secured)
    server.start()
    yield port
    server.stop()


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    is_ours = isinstance(given, LoginPassword) and given.password == b"word"
    return AuthResult(success=is_ours, handled=False)


def _mail(port: int) -> SmtpMail:
    told = {"host": "localhost", "port": port, "from": "bot@larkspur.example", "user": "bot"}
    return SmtpMail(MailSettings.model_validate(told), "word", SteerableClock())
