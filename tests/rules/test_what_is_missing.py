"""What a text to a customer lacks: their trouble seen, a step, their own language."""

from dataclasses import replace

import pytest

from bot.wording.findings import look
from tests.rules.test_said_wrong import ABOUT, lines

# Each is long enough to be asked what comes next, and explains only.
WITHOUT_A_STEP = """
    The export of March holds the rows of the filter, and as you see the rows of the others are \
not in it. We use the filter well, and then the total is lower than the sum.
    If the filter is on, the total counts the rows that the table shows, and when it is off, the \
total counts all of them. We see this in each report, and you see it in yours.
    The button that people click is in the menu, and who opens it sees the update of the day. The \
reply of the system is kept in a list, and once a day the list is read.
    Die Ausfuhr im März enthält nur die Zeilen des Filters, und wenn der Filter aktiv ist, dann \
sind die anderen nicht dabei. Wir sehen das oft, und Sie sehen es in jedem Bericht auch so.
    El informe de marzo solo contiene las filas del filtro, y si el filtro está activo, las otras \
filas no aparecen en el total. Por eso el total es menor que la suma de las filas.
    Le rapport de mars contient les lignes du filtre, et si le filtre est actif, les autres lignes \
ne sont pas dans le total. Nous voyons cela souvent, et vous le voyez dans chaque rapport.
    O relatório de março contém as linhas do filtro, e se o filtro está ativo, as outras linhas \
não aparecem no total. Por isso o total é menor do que a soma das linhas da tabela.
    Il rapporto di marzo contiene le righe del filtro, e se il filtro è attivo, le altre righe non \
sono nel totale. Per questo il totale è minore della somma delle righe della tabella.
    Het rapport van maart bevat de regels van het filter, en als het filter aan staat, dan zijn de \
andere regels niet in het totaal. Daarom is het totaal lager dan de som van de regels.
    """
LONG = "The report of March holds four hundred rows and the report of April holds none at all; " * 2
STEPS = """
    Remove the filter.
    In Settings, click Filters.
    Under Billing choose Invoices.
    You can remove the filter.
    You should see the rows.
    Reply to this e-mail.
    We will look at it.
    I am looking at it.
    Our team will look at it.
    There is nothing for you to do.
    No action is needed.
    Can you see the rows?
    Öffnen Sie den Bericht.
    Sie können den Filter entfernen.
    Ich melde mich.
    Abra el informe.
    Puede descargar el informe.
    Ouvrez le rapport.
    Vous pouvez retirer le filtre.
    Abra o relatório, por favor.
    Pode baixar o relatório.
    Apra il rapporto.
    Può scaricare il rapporto.
    Open het rapport.
    U kunt het filter verwijderen.
    """
UNSEEN = """
    To understand the settings, open the page.
    We know that Settings is there.
    You see how the page opens.
    I see that the button is on the left.
    Wir wissen, dass die Seite da ist.
    Sabemos que la página está ahí.
    Nous comprenons que la page est là.
    Sabemos que a página está lá.
    Capisco che la pagina è lì.
    Wij begrijpen dat de pagina er is.
    """
SEEN = """
    I am sorry about the lost hour.
    My apologies for the lost hour.
    I understand how frustrating this is.
    We know that you have waited a whole day.
    I can see why you are upset.
    That must have been stressful.
    Thank you for telling us.
    We let you down.
    This should not have happened.
    Es tut mir leid.
    Ich verstehe Ihren Ärger.
    Das kann ich gut verstehen.
    Das ist sehr ärgerlich.
    Lo siento mucho.
    Entiendo su frustración.
    Gracias por avisarnos.
    Je suis désolée.
    Nous comprenons votre colère.
    Lamento a hora perdida.
    Entendo a sua frustração.
    Mi dispiace.
    Capisco la Sua frustrazione.
    Het spijt me.
    Ik begrijp uw frustratie.
    """
IN_ANOTHER = [
    ("fr", "Bitte öffnen Sie die Einstellungen und versuchen Sie es."),
    ("es", "Bitte öffnen Sie die Einstellungen und versuchen Sie es."),
    ("de", "Please open the page and try it again."),
    ("fr", "Please open the page and try it again."),
    ("en", "Abra la página y pruebe con el filtro."),
    ("en", "Ouvrez la page et cochez la case avec vous."),
    ("de", "Abra a página do seu projeto, por favor."),
    ("en", "Apra il menu e scelga la pagina che è nel piano."),
    ("en", "Open het menu en kies dan de pagina."),
    ("ja", "Please open the page and try it again."),
]
IN_THEIRS = [
    ("de", "Bitte öffnen Sie die Einstellungen und versuchen Sie es."),
    ("de", "Drücken Sie „Save and close the page“."),
    ("fr", "Cliquez sur « Save it and close the tab » dans la barre."),
    ("en", "Please open the page and try it again."),
    ("en", "Choose Die Welt and press Save."),
    ("es", "Abra la página y pruebe con el filtro."),
    ("fr", "Ouvrez la page et cochez la case."),
    ("pt", "Abra a página do seu projeto, por favor."),
    ("it", "Apra il menu e scelga la pagina che è nel piano."),
    ("nl", "Open het menu en kies dan de pagina."),
    ("fr", "Press Save."),
    ("de", "Hallo Joy, Export: CSV"),
    ("ja", "「Save it and close the tab」を押す"),
    ("pl", "Please open the page and try it again."),
]


def names(text: str, **about: object) -> list[str]:
    return [one.name for one in look(text, replace(ABOUT, **about))]  # type: ignore[arg-type]


def test_an_explanation_is_no_step() -> None:
    """Law: a word that might begin a step is none: somebody is asked, or will do something."""
    for said in lines(WITHOUT_A_STEP):
        assert names(said) == ["no_next_step"], said


def test_a_step_is_seen_however_it_is_put() -> None:
    for said in lines(STEPS):
        assert names(f"{LONG}. {said}") == [], said


def test_a_word_of_feeling_is_no_trouble_seen() -> None:
    """Law: one of us sees their trouble, or is sorry; a page that is understood is not that."""
    for said in lines(UNSEEN):
        assert names(said, upset=True) == ["no_acknowledgement"], said


def test_trouble_is_seen_however_it_is_put() -> None:
    for said in lines(SEEN):
        assert names(said, upset=True) == [], said


@pytest.mark.parametrize(("language", "said"), IN_ANOTHER)
def test_a_short_text_in_another_language_is_grave(language: str, said: str) -> None:
    """Law: three function words of another language, and none of the customer's."""
    [found] = look(said, replace(ABOUT, language=language))
    assert (found.name, found.grave) == ("wrong_language", True)


@pytest.mark.parametrize(("language", "said"), IN_THEIRS)
def test_a_short_text_in_their_language_is_left_alone(language: str, said: str) -> None:
    """Law: a quoted label, a name, or a language that nothing here can tell is no fault."""
    assert names(said, language=language) == []
