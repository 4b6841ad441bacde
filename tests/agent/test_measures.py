"""Bounds, ranges, counts and times of a sentence, held against those of its passage."""

import pytest

from bot.agent.citing.support import unsupported

SHOP = (
    "A team can have up to 50 guests and 3 admins. The office is open from 9:00 to 17:00. "
    "You can return an item within 14 days. Invitations work for 30 days. "
    "The trial lasts one year. Exports need at least 2 GB of free space. "
    "You must confirm the address by e-mail. "
    "A report is sent every week. Reports are never deleted. In Business you can share rosters. "
    "A room holds 20 people or more. A call has 8 callers or fewer. Shifts have 12 hours. "
    "Alerts are sent hourly. We answer Monday to Friday. The desk is staffed 8:00-18:00. "
    "Trees take at least 40 seconds. Uploads stop after 7 days."
)


@pytest.mark.parametrize(
    "claim",
    [
        "A team can have at least 50 guests.",
        "A team can have more than 50 guests.",
        "Exports need at most 2 GB of free space.",
        "A team can have up to 3 guests and 50 admins.",
        "The office is open from 17:00 to 9:00.",
        "The office is open between 17:00 and 9:00.",
        "A team can have unlimited guests.",
        "You can return an item within two days.",
        "You can return an item within three weeks.",
        "Invitations work for two months.",
        "Confirming the address is optional.",
        "You must confirm the address by SMS.",
        "A report is sent every night.",
        "A report is sent daily.",
        "Reports are rarely deleted.",
        "You can share rosters in Team.",
        "You can share rosters in Go.",
        "A team can have 50 guests or more.",
        "A room holds at most 20 people.",
        "A room holds 20 people or fewer.",
        "A call has 8 callers or more.",
        "Exports need 2 GB of free space or less.",
        "You can return an item after 14 days.",
        "Uploads stop within 7 days.",
        "Alerts are sent daily.",
        "A report is sent hourly.",
        "We answer Friday to Monday.",
        "We answer Friday-Monday.",
        "The desk is staffed 18:00-8:00.",
        "The desk is staffed from 18:00 to 8:00.",
        "The office is open 17:00 – 9:00.",
        "Shifts have more than 12 hours.",
        "Shifts have longer than 12 hours.",
    ],
)
def test_another_measure_is_another_claim(claim: str) -> None:
    """Law: bounds, order, what is counted and how often are facts like the number itself."""
    assert unsupported(claim, [SHOP])


@pytest.mark.parametrize(
    "claim",
    [
        "A team can have 50 guests.",
        "A team can have no more than 50 guests.",
        "A team can have a maximum of 50 guests and 3 admins.",
        "A team can have 3 admins and up to 50 guests.",
        "The office is open between 9:00 and 17:00.",
        "You can return an item within two weeks.",
        "Invitations work for a month.",
        "The trial lasts 12 months.",
        "A report is sent weekly.",
        "You must confirm the address by email.",
        "Exports need 2 GB of free space or more.",
        "Your team can share rosters in Business.",
        "A team can have 50 guests or fewer.",
        "A room holds at least 20 people.",
        "A call has up to 8 callers.",
        "Uploads stop after a week.",
        "You can return an item by 14 days.",
        "Alerts are sent every hour.",
        "We answer from Monday until Friday.",
        "We answer Monday-Friday.",
        "The desk is staffed from 8:00 to 18:00.",
        "The office is open 9:00-17:00.",
        "Shifts have at least 12 hours.",
        "Trees take more than 40 seconds.",
    ],
)
def test_the_same_measure_may_be_told_otherwise(claim: str) -> None:
    assert unsupported(claim, [SHOP]) == ""


def test_in_a_language_without_words_of_denial_only_a_quotation_is_supported() -> None:
    """Law: what is left out there may have been the denial."""
    passage = "Nie można zmienić adresu. Eksport trwa dwa dni."
    assert unsupported("Eksport trwa dwa dni.", [passage], "pl") == ""
    assert unsupported("Można zmienić adresu.", [passage], "pl")
    assert unsupported("Eksport trwa tylko dwa dni.", [passage], "pl")


@pytest.mark.parametrize(
    ("language", "passage", "right", "wrong"),
    [
        ("de", "Ein Raum hat 20 Plätze oder mehr.", "mindestens 20 Plätze", "höchstens 20 Plätze"),
        ("es", "Una sala tiene 20 plazas o más.", "como mínimo 20 plazas", "como máximo 20 plazas"),
        ("fr", "Une salle a 20 places ou plus.", "au moins 20 places", "au maximum 20 places"),
        ("pt", "Uma sala tem 20 lugares ou mais.", "no mínimo 20 lugares", "até 20 lugares"),
        ("it", "Una sala ha 20 posti o più.", "almeno 20 posti", "al massimo 20 posti"),
        ("nl", "Een zaal heeft 20 plaatsen of meer.", "minstens 20 plaatsen", "tot 20 plaatsen"),
    ],
)
def test_a_bound_behind_a_number_is_known_by_language(
    language: str, passage: str, right: str, wrong: str
) -> None:
    begins = " ".join(passage.split()[:3])
    assert unsupported(f"{begins} {right}.", [passage], language) == ""
    assert unsupported(f"{begins} {wrong}.", [passage], language) == "bounds"


def test_a_word_that_is_also_a_verb_is_no_letter() -> None:
    passage = "Updates arrive by email. Anyone can read updates in a channel."
    assert unsupported("Anyone can post updates in a channel, and read email.", [passage]) == ""
    assert unsupported("Updates arrive by letter.", [passage])


def test_a_german_noun_is_no_plan() -> None:
    """Law: there every noun is written as a plan's name is."""
    passage = "In Business teilen alle Mitglieder im team Dienstpläne."
    assert unsupported("In Business kann Ihr Team Dienstpläne teilen.", [passage], "de") == ""


def test_the_region_of_a_language_changes_nothing() -> None:
    assert unsupported("A team can have 50 guests.", [SHOP], "en-GB") == ""
    assert unsupported("A team can have 51 guests.", [SHOP], "en-GB") == "number"
    assert unsupported("Die App läuft.", ["Die App läuft nicht."], "de_AT")


def test_a_figure_that_does_not_count_is_read_as_a_word() -> None:
    assert unsupported("You can return an item within ፩ days.", [SHOP])
