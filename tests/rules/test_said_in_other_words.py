"""The same faults in other words, each beside innocent sentences that only look like them."""

from dataclasses import replace

import pytest

from bot.wording.findings import look
from tests.rules.test_said_wrong import ABOUT, lines

SAID = {
    "promised_outcome": """
        I have refunded you.
        We have credited your account.
        We've waived the fee.
        We've applied a credit.
        A credit has been applied.
        The refund has gone through.
        Your refund went through.
        We have sent you the money.
        You've been refunded.
        Your data will be recovered.
        All your files will be restored.
        No data will be lost.
        You won't lose any data.
        You get a free month.
        Next month is free.
        You will definitely be able to log in.
        Wir haben Ihnen den Betrag erstattet.
        Die Gutschrift ist erfolgt.
        Ihre Daten werden wiederhergestellt.
        Es gehen keine Daten verloren.
        Sie bekommen einen kostenlosen Monat.
        Le hemos reembolsado el importe.
        El reembolso se ha realizado.
        Sus datos serán recuperados.
        Nous vous avons remboursé.
        Vos données seront récupérées.
        Le remboursement a été effectué.
        Já reembolsamos o valor.
        O reembolso foi realizado.
        Seus dados serão recuperados.
        Le abbiamo rimborsato l'importo.
        Il rimborso è stato effettuato.
        I suoi dati saranno recuperati.
        We hebben u het bedrag terugbetaald.
        Uw gegevens worden hersteld.
        U krijgt een gratis maand.
        """,
    "promised_time": """
        A fix is coming next week.
        The fix ships on Mar 20.
        Our engineers should have this sorted by Monday.
        You can count on a reply today.
        Done by 5 pm.
        Back to normal by noon.
        This will be resolved soon.
        I call you at 16:30
        Hello Joy, fixed by tomorrow.
        Erledigt bis morgen.
        Die Lösung kommt nächste Woche.
        Das wird bald behoben.
        Resuelto antes del viernes.
        La solución llega mañana.
        Le correctif arrive demain.
        Réglé d'ici vendredi.
        A solução chega amanhã.
        Resolvido até sexta-feira.
        La soluzione arriva domani.
        Risolto entro venerdì.
        De oplossing komt morgen.
        Opgelost voor vrijdag.
        """,
    "blame": """
        You are to blame.
        The error is on your end.
        It was a mistake on your side.
        That's a user mistake.
        You must have deleted it.
        You ignored our instructions.
        You misconfigured the DNS.
        The fault lies with you.
        Der Fehler liegt bei Ihnen.
        Der Fehler liegt auf Ihrer Seite.
        Das war ein Bedienfehler.
        Sie sind selbst daran schuld.
        Sie müssen es gelöscht haben.
        Sie haben unsere Hinweise ignoriert.
        Sie haben das DNS falsch konfiguriert.
        El error es suyo.
        El error está de su lado.
        Usted ignoró las instrucciones.
        Debe haberlo borrado.
        L'erreur vient de vous.
        C'est une erreur de votre part.
        Vous avez ignoré nos instructions.
        Vous avez dû le supprimer.
        O erro é do seu lado.
        Você ignorou as instruções.
        Você deve ter apagado.
        L'errore è dalla sua parte.
        Ha ignorato le istruzioni.
        Deve averlo cancellato.
        De fout ligt bij u.
        U hebt onze uitleg genegeerd.
        Dat is een gebruikersfout.
        U moet het bestand verwijderd hebben.
        """,
    "canned_apology": """
        Apologies for the trouble.
        Sorry for inconveniencing you.
        We are sorry you were inconvenienced.
        Sorry about the trouble this has caused.
        Sorry for the issue!
        Entschuldigung für die Umstände.
        Disculpas por los problemas.
        Désolé pour le dérangement.
        Desculpe pelo problema.
        Scusi per il problema.
        Sorry voor het probleem.
        """,
    "jargon": """
        The TLS handshake failed.
        You saw a 500 error.
        Flush the DNS cache.
        Flush your ARP table.
        HTTP 500 came back.
        """,
}
FINE = """
    Please check on your end whether the box is ticked.
    Please check on your end.
    You may delete it.
    You must have admin rights to open it.
    The mails you ignored are in the archive.
    The error is not on your side.
    If the error is on your end, the page says so.
    Is the error on your end?
    You are not to blame.
    Once we have refunded a payment, the invoice shows it.
    Tell us whether the refund has gone through.
    We have not refunded you.
    No credit has been applied.
    When a credit has been applied, it stands on the invoice.
    If you press Restore, your data will be recovered.
    No data will be lost if you rename a column.
    You get a free trial of 14 days.
    You get a mail with a link.
    The report has gone through.
    You will see the fix in the list.
    The list shows what was done by Friday.
    The fix is in the list.
    The page appears shortly after you press Save.
    The report is ready on the first page.
    Fixed columns stay on the left.
    I am sorry for the trouble with your export.
    Sorry about the problem with the March report.
    The import lists 500 errors.
    The file holds 500 rows.
    Shake hands with the host.
    The payment has been applied to the invoice of March.
    Sorry about the issue: the export lost rows.
    The answer is out of date by Friday.
    Das Problem ist bei Ihnen neu.
    Bitte prüfen Sie auf Ihrer Seite, ob das Feld leer ist.
    Der Fehler liegt nicht bei Ihnen.
    Wenn der Fehler bei Ihnen liegt, sagt es die Seite.
    Sie können es löschen.
    Wir haben Ihnen den Link geschickt.
    Falls wir Ihnen den Betrag erstattet haben, steht es dort.
    Compruebe en su lado si la casilla está marcada.
    El error no es suyo.
    Puede borrarlo.
    Si le hemos reembolsado el importe, lo verá allí.
    Vérifiez de votre côté si la case est cochée.
    Vous pouvez le supprimer.
    Ce n'est pas une erreur de votre part.
    Verifique do seu lado se a caixa está marcada.
    Pode apagar o arquivo.
    O erro não é do seu lado.
    Verifichi dalla sua parte se la casella è vuota.
    L'errore non è dalla sua parte.
    Può cancellarlo.
    Controleer aan uw kant of het vakje leeg is.
    De fout ligt niet bij u.
    U kunt het verwijderen.
    """


@pytest.mark.parametrize("name", SAID)
def test_a_fault_is_found_in_other_words(name: str) -> None:
    """Law: in each of the languages that the rules know."""
    for said in lines(SAID[name]):
        assert name in [one.name for one in look(said, ABOUT)], said


def test_a_neighbour_of_a_fault_is_left_alone() -> None:
    """Law: a condition, a denial or a request makes another thing of the same words."""
    for said in lines(FINE):
        assert look(said, ABOUT) == (), said


def test_what_was_approved_may_be_told_as_done() -> None:
    """Law: an approved act bears that money was given, and nothing about their data."""
    granted = replace(ABOUT, is_granted=True)

    assert look("I have refunded you.", granted) == ()
    assert [one.name for one in look("No data will be lost.", granted)] == ["promised_outcome"]


def test_what_an_article_tells_of_a_thing_is_not_vague() -> None:
    """Law: as with a time, the word of an article for a thing is no promise of the writer's."""
    told = replace(ABOUT, backing="The mail comes shortly.")

    assert look("Your order will arrive shortly.", ABOUT)
    assert look("Your order will arrive shortly.", told) == ()
    assert look("We will answer shortly.", told)
