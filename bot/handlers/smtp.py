"""E-mail through the company's own server, by SMTP."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime

from bot.config.outside import MailSettings
from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.ports import Clock

TIMEOUT_S = 10.0
_PERMANENT = 500


class SmtpMail:
    """A `bot.ports.Mail`."""

    def __init__(self, mail: MailSettings, password: str | None, clock: Clock) -> None:
        self._mail, self._password, self._clock = mail, password, clock

    def send(self, to: str, subject: str, text: str, marker: str) -> None:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._mail.sender, to, subject
        letter["Date"] = format_datetime(self._clock.now())
        letter["Message-ID"] = f"<{marker}@{self._mail.sender.rpartition('@')[2]}>"
        # Nobody's holiday notice is to come back.
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        with self._connected() as server, _sending():
            server.send_message(letter)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Until the letter itself is on its way, whatever goes wrong has sent nothing."""
        server: smtplib.SMTP | None = None
        try:
            try:
                server = self._open()
            except (OSError, smtplib.SMTPException) as error:
                raise TryLater(f"mail: {type(error).__name__}") from error
            yield server
        finally:
            if server is not None:
                server.close()

    def _open(self) -> smtplib.SMTP:
        mail, context = self._mail, ssl.create_default_context()
        if mail.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=TIMEOUT_S)
        try:
            if mail.tls == "starttls":
                server.starttls(context=context)
            if mail.user is not None:
                server.login(mail.user, self._password or "")
        except BaseException:
            server.close()
            raise
        return server


@contextmanager
def _sending() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _)] = error.recipients.values()
        raise _answered(code) from error
    except smtplib.SMTPResponseException as error:
        raise _answered(error.smtp_code) from error
    except (OSError, smtplib.SMTPException) as error:
        raise OutcomeUnknown(f"mail: {type(error).__name__}") from error


def _answered(code: int) -> Refused | TryLater:
    """4xx asks to come back, 5xx is a no; nothing was taken either way (RFC 5321, 4.2.1)."""
    return Refused(f"mail_{code}") if code >= _PERMANENT else TryLater(f"mail: answered {code}")
