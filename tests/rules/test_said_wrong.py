"""What people and machines write to customers, each as one rule reads it, in seven languages."""

from datetime import UTC, datetime

import pytest

from bot.wording.findings import NAMES, look
from bot.wording.reading import Circumstances

ABOUT = Circumstances(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), zone="Europe/Berlin")
SAID = {
    "promised_time": """
        You'll have an answer by 17:00.
        We'll look at it at 5pm.
        We will reply by 10 March.
        We will answer on 10.03.2026.
        I'll get back to you within 48h.
        You'll hear from us in 2-3 days.
        I will check in half an hour.
        We'll fix it next week.
        We'll get back to you soon.
        Your refund will arrive within 5 days.
        The team will deploy a fix tomorrow.
        Someone will call you at noon.
        Expect an update this afternoon.
        Wir melden uns bis 17 Uhr.
        Das wird bis Freitag behoben.
        Wir kümmern uns nächste Woche darum.
        Sie erhalten in Kürze eine Antwort.
        La respuesta llegará antes del viernes.
        Le responderemos la semana que viene.
        Nous reviendrons vers vous sous 48 heures.
        Le problème sera corrigé demain.
        O erro será corrigido em 2 dias.
        Vamos responder até sexta-feira.
        Le risponderemo entro venerdì.
        Riceverà una risposta entro le 17.
        Wij nemen binnen 2 werkdagen contact met u op.
        Het wordt morgen opgelost.
        """,
    "promised_outcome": """
        You will get a refund.
        We will refund the 49 EUR.
        I'll refund your last payment.
        Your refund has been approved.
        You will not be charged again.
        We'll give you a discount.
        I'm happy to offer you a 20 % discount.
        The charge will be refunded.
        We'll waive the fee.
        Wir erstatten Ihnen das Geld.
        Sie erhalten Ihr Geld zurück.
        Der Betrag wird Ihnen gutgeschrieben.
        Le reembolsaremos el importe.
        Su reembolso ha sido aprobado.
        Nous allons vous rembourser.
        Vous recevrez un remboursement.
        Vamos reembolsar.
        Seu reembolso foi aprovado.
        La rimborseremo.
        Riceverà un rimborso.
        Wij zullen het bedrag terugbetalen.
        U krijgt uw geld terug.
        """,
    "blame": """
        You entered the wrong number.
        You broke it.
        You caused this yourself.
        You have failed to update.
        As I told you before, press Save.
        You're doing it wrong.
        Why didn't you read the manual?
        Das ist Ihre Schuld.
        Sie haben das falsche Passwort eingegeben.
        Warum haben Sie das nicht gelesen?
        La culpa es suya.
        C'est votre faute.
        A culpa é sua.
        È colpa sua.
        Avrebbe dovuto leggere il manuale.
        Dat is uw eigen schuld.
        U had het moeten lezen.
        """,
    "canned_apology": """
        Thank you for your patience and understanding.
        We are sorry for any trouble.
        Apologies for the hassle.
        Vielen Dank für Ihr Verständnis.
        Gracias por su paciencia.
        Merci de votre patience.
        Obrigado pela sua compreensão.
        Grazie per la Sua pazienza.
        Ci scusiamo per il disagio.
        Bedankt voor uw geduld.
        """,
    "jargon": """
        The webhook failed.
        It returns a 502.
        Check the OAuth scope.
        SAML is on.
        The server went OOM.
        The CDN is down.
        The cron failed.
        We rolled back the release.
        """,
}
FINE = """
    If you entered the wrong number, press Back.
    You may have typed the wrong password.
    This is not your fault.
    Das ist nicht Ihre Schuld.
    No es culpa suya.
    You did nothing wrong.
    Why don't you try another browser?
    You will not get a refund.
    We will not refund it.
    How do I get a refund?
    Wir geben Ihnen Bescheid.
    Sie haben bis Freitag Zeit, es zu ändern.
    As soon as you press Save, the report is there.
    Guten Morgen, wir melden uns.
    The link works for 3 days.
    The password will expire in 90 days.
    The download starts at 17:00.
    I looked at it at 5pm.
    Well, restart the app within 10 minutes.
    We will look at version 4.2 by 10.0.
    The export holds 502 rows.
    """


def lines(table: str) -> list[str]:
    return [line.strip() for line in table.splitlines() if line.strip()]


@pytest.mark.parametrize("name", SAID)
def test_what_people_write_is_found_by_its_rule(name: str) -> None:
    """Law: with the words it is about, however they say it."""
    assert name in NAMES
    for said in lines(SAID[name]):
        found = [one for one in look(said, ABOUT) if one.name == name]
        assert [one.words in said for one in found] == [True], said


def test_what_is_possible_denied_or_told_of_a_thing_is_left_alone() -> None:
    """Law: whoever is warned for nothing reads no further warning."""
    for said in lines(FINE):
        assert look(said, ABOUT) == (), said
