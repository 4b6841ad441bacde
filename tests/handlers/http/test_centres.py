"""Zendesk's and Intercom's help centres: one port, one set of promises."""

from collections.abc import Iterator

import pytest
from pytest import FixtureRequest
from starlette.applications import Starlette

from bot.centre import HelpCentre
from bot.config.outside import CentreSettings
from bot.errors import OutcomeUnknown, Refused
from bot.handlers.http.intercom_centre import IntercomCentre
from bot.handlers.http.zendesk_centre import ZendeskCentre
from sandbox import helpdesk
from sandbox.helpdesk import HelpDesk
from sandbox.helpdesk.records import Translation
from tests.sandbox.serving import serving

BODY = "Open **Roster**.\n\n- Press [Print](https://help.example/print)\n- Wait <b>here</b>"


@pytest.fixture
def desk() -> HelpDesk:
    articles = [{"id": f"a{n}", "title": f"Article {n}", "body": "Do it."} for n in range(120)]
    return HelpDesk(articles=articles)


@pytest.fixture(params=["zendesk", "intercom"])
def centre(request: FixtureRequest, desk: HelpDesk) -> Iterator[HelpCentre]:
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        made: HelpCentre
        if request.param == "zendesk":
            settings = CentreSettings(section="7", permission_group="8")
            made = ZendeskCentre(f"{url}/zendesk", desk.zendesk_token, None, settings)
        else:
            settings = CentreSettings(section="7", author=str(desk.bot.id))
            made = IntercomCentre(f"{url}/intercom", desk.intercom_token, settings)
        yield made
        made.close()


def test_what_is_added_is_there_as_it_was_sent(centre: HelpCentre, desk: HelpDesk) -> None:
    """Law: published, found again under its marker, and the same words by its digest."""
    added = centre.add("Print the roster", BODY, "en", "backstop-r1")
    assert added.is_public and added.digest == centre.digest("Print the roster", BODY)
    assert centre.article(added.id) == added
    [found] = centre.find("backstop-r1", "Print the roster", BODY)
    assert found.id == added.id
    assert not centre.find("backstop-r2", "Another", BODY)
    assert desk.directory.articles[int(added.id)].section == 7


def test_what_is_changed_is_what_customers_read(centre: HelpCentre, desk: HelpDesk) -> None:
    """Law: also that it is not there for them any more."""
    added = centre.add("Print", "Old.", "en", "backstop-r1")
    changed = centre.change(added.id, "Print it", BODY, "en")
    assert changed.digest == centre.digest("Print it", BODY) != added.digest
    assert "<strong>Roster</strong>" in desk.directory.articles[int(added.id)].html
    gone = centre.withdraw(added.id)
    assert not gone.is_public and gone.digest == changed.digest


def test_what_is_withdrawn_is_withdrawn_in_every_language(
    centre: HelpCentre, desk: HelpDesk
) -> None:
    """Law: whichever locale it was written in, and whatever is a draft already stays one."""
    added = centre.add("Print", "Old.", "en", "backstop-r1")
    there = desk.directory.articles[int(added.id)]
    there.translations["de"] = Translation("Drucken", "<p>Alt.</p>")
    there.translations["fr"] = Translation("Imprimer", "<p>Vieux.</p>", is_draft=True)
    centre.withdraw(added.id)
    assert there.is_draft and all(one.is_draft for one in there.translations.values())
    assert there.translations["de"].title == "Drucken"


def test_words_go_to_the_language_they_are_in(desk: HelpDesk) -> None:
    """Law: also where the help centre has another locale of it than the settings say."""
    there = desk.directory.add_article("Drucken", "<p>Alt.</p>", "de", [], 7, 0.0)
    there.translations["en-gb"] = Translation("Print", "<p>Old.</p>")
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        settings = CentreSettings(section="7", permission_group="8", locales={"en": "en-us"})
        centre = ZendeskCentre(f"{url}/zendesk", desk.zendesk_token, None, settings)
        centre.change(str(there.id), "Print it", "New.", "en")
        centre.close()
    assert there.translations["en-gb"].html == "<p>New.</p>"
    assert there.html == "<p>Alt.</p>"


def test_everything_is_listed_once(centre: HelpCentre) -> None:
    listed = list(centre.articles())
    assert len({one.id for one in listed}) == len(listed) == 120
    assert {one.body for one in listed} == {"Do it."}


def test_an_answer_that_never_came_is_looked_for(centre: HelpCentre, desk: HelpDesk) -> None:
    """Law: whoever asks again looks first, and finds what was added."""
    desk.faults.drop_after_commit = 1.0
    with pytest.raises(OutcomeUnknown):
        centre.add("Print the roster", BODY, "en", "backstop-r1")
    desk.faults.drop_after_commit = 0.0
    assert centre.find("backstop-r1", "Print the roster", BODY)


def test_only_what_says_the_same_may_be_ours(desk: HelpDesk) -> None:
    """Law: where no marker is kept, an equal title alone is somebody else's article."""
    settings = CentreSettings(section="7", author=str(desk.bot.id))
    with serving(Starlette(routes=helpdesk.routes(desk))) as url:
        centre = IntercomCentre(f"{url}/intercom", desk.intercom_token, settings)
        added = centre.add("Print the roster", BODY, "en", "backstop-r1")
        assert not centre.find("backstop-r2", "Print the roster", "Other words.")
        assert [one.id for one in centre.find("backstop-r1", added.title, BODY)] == [added.id]
        centre.close()


def test_a_no_is_a_no(centre: HelpCentre) -> None:
    assert centre.article("99") is None
    with pytest.raises(Refused):
        centre.add("  ", BODY, "en", "backstop-r1")
