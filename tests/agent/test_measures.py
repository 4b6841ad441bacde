"""Bounds, ranges, counts and times of a sentence, held against those of its passage."""

import pytest

from bot.agent.citing.support import unsupported

SHOP = (
    "A team can have up to 50 guests and 3 admins. The office is open from 9:00 to 17:00. "
    "You can return an item within 14 days. Invitations work for 30 days. "
    "The trial lasts one year. Exports need at least 2 GB of free space. "
    "You must confirm the address by e-mail. "
    "A report is sent every week. Reports are never deleted. In Business you can share rosters."
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
