"""Secrets and addresses in the disguises that people and machines give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.handwriting import written
from benchmarks.redaction import half_left
from bot.agent.fencing import shown
from bot.agent.redaction import Redaction
from bot.dossier import excerpt
from bot.personal import beginning, find
from bot.words import LONGEST, SHORTENED, clean, label
from tests.agent.tickets import a_ticket


@pytest.mark.parametrize(
    ("told", "secret"),
    [
        ("_4242424242424242_", "4242"),
        ("order_4242424242424242", "4242"),
        ("pan=4242%204242%204242%204242&x=1", "4242"),
        ("4242&nbsp;4242&nbsp;4242&nbsp;4242", "4242"),
        (r"4242\u00a04242\u00a04242\u00a04242", "4242"),
        ("card 4242 4242\n\n4242 4242", "4242"),
        ("['4242','4242','4242','4242']", "4242"),
        ("Bearer qwertzuiopasdfghjklyxcvb", "qwertz"),
        ("hvs.CAESIJqwertzuiop", "CAES"),
        ("https://app.example/reset/abcDEF123456", "abcDEF"),
        ("https://app.example/invite/0123456789abcdef0123456789abcdef", "0123"),
        ("api key: qwertzuiopasdf", "qwertz"),
        ("x-api-key: qwertzuiopasdf", "qwertz"),
        ("secret=letmein", "letmein"),
        ('{"token": "qwertzuiopasdfg"}', "qwertz"),
        ("123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "AAHdq"),
        ("hunter2 is my password", "hunter2"),
        ("sunshine is my password.", "sunshine"),
        ("the password's hunter2", "hunter2"),
        ("password should be hunter2", "hunter2"),
        ("my password is now hunter2", "hunter2"),
        ("mysqldump -u joe --password hunter", "hunter"),
        ("mysql -p hunter2", "hunter2"),
        ("curl -u joe:hunter2 https://x.example", "hunter2"),
        ("пароль: hunter2", "hunter2"),
        ("şifre: hunter2", "hunter2"),
        ("密码是hunter2", "hunter2"),
        ("482913 is my verification code", "482913"),
        ("Your code: 482913", "482913"),
        ("il codice è 482913", "482913"),
        ("the 3 digits on the back are 123", "123"),
        ("joe@mail.example / hunter2", "hunter2"),
    ],
)
def test_a_secret_in_disguise_is_shown_to_nobody(told: str, secret: str) -> None:
    """Law: not to the model, not in a post, and no agent's words bring it back."""
    redaction = Redaction()
    hidden = redaction.hide(told)
    assert secret not in hidden
    assert secret not in redaction.restore(hidden)
    assert secret not in clean(told)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("email", "jane (@) example.com"),
        ("email", "jane[@]example.com"),
        ("email", "jane(a)example.com"),
        ("email", "jane <at> example <dot> com"),
        ("email", "jane at gmail.com"),
        ("email", "jane&commat;example.com"),
        ("iban", "De89 3704 0044 0532 0130 00"),
        ("iban", "DE89/3704/0044/0532/0130/00"),
        ("iban", "DE89_3704_0044_0532_0130_00"),
        ("phone", "1300 975 707"),
        ("phone", "139 1234 5678"),
        ("phone", "8765 4321"),
        ("phone", "+49_30_1234567"),
        ("phone", "❽❾❷❼❷❶❹❸❸❼"),
    ],
)
def test_an_address_in_disguise_is_found_whole(kind: str, text: str) -> None:
    """Law: signs, words and other digits in the place of the usual ones hide nothing."""
    assert [(each.kind, each.end - each.start) for each in find(text)] == [(kind, len(text))]


def test_an_account_behind_its_name_is_found() -> None:
    """Law: no blank before it is needed."""
    assert Redaction().hide("IBANDE89370400440532013000") == "IBAN[IBAN_1]"


@pytest.mark.parametrize(
    "text",
    [
        "Error code: 232011, exit code 1001, postal code 75001",
        "my password is gone and all my bookmarks are missing",
        "Where is my password",
        "This is my password manager",
        "See the settings at example.com, we look at abc.com",
        '{"4107812777": {"price": 452.03}, "9370300555": {}}',
        '{"price": 66}, "9168994198": {}, 46.66}, "3542102174"',
        "Firefox 5.0.14\n\n- 2.0.0.24\n\n- 3.0.11",
        "https://help.example/articles/reset/how-to-reset-a-password-on-windows-11",
        "token: expired, secret: missing, key: escape",
        "100%25 of 20 &amp; more",
        "The digits on my screen are blurred",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    """Law: error codes, versions, lists of ids and titles are needed to help."""
    assert [each for each in find(text) if each.kind != "phone"] == []


def test_forms_that_people_write_are_found() -> None:
    """Law: of a secret not half is left, in the forms that the rules were made beside."""
    for item in written(1_200, "tuned", seed=7):
        hidden = Redaction().hide(item.text)
        assert not half_left(item, hidden), item
        if item.kind in ("card", "token", "password"):
            assert not half_left(item, clean(item.text)), item


_ESCAPES = st.sampled_from(["%20", "&nbsp;", "&#160;", r"\u00a0", r"\n", "_", "\n\n", "','", "%2D"])


@given(st.lists(_ESCAPES, min_size=3, max_size=3), st.text(max_size=20))
def test_no_escape_between_its_groups_hides_a_card(between: list[str], after: str) -> None:
    """Law: however a machine wrote the blanks, no group of the card is left."""
    first, second, third = between
    told = f"card 4242{first}4242{second}4242{third}4242 {after.translate(_NO_DIGITS)}"
    assert "4242" not in clean(told)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("%&\\;#x20uA"), max_size=80))
def test_what_is_found_lies_within_any_text(text: str) -> None:
    """Law: an escape that is read as its character moves no place."""
    places = [at for each in find(text) for at in (each.start, each.end)]
    assert places == sorted(places)
    assert all(0 <= at <= len(text) for at in places)


_NO_DIGITS = {ord(digit): None for digit in "0123456789"}


@pytest.mark.parametrize("at", range(1, 19))
@pytest.mark.parametrize("most", [300, 8_000])
def test_what_is_cut_off_leaves_no_half_of_a_card(at: int, most: int) -> None:
    """Law: wherever a long text ends, a secret that stands there is left out as a whole."""
    told = "x " * ((most - at) // 2) + " 4242 4242 4242 4242 and more"
    kept = beginning(told, most)
    assert "4242" not in kept or len(kept) >= most - 1
    assert "4242" not in clean(kept)


@pytest.mark.parametrize("at", range(0, 22, 3))
def test_no_text_is_so_long_that_a_half_is_shown(at: int) -> None:
    """Law: what is shortened for its length is masked as if it were not."""
    told = "x" * (LONGEST - len(SHORTENED) - 15 + at) + " 4242 4242 4242 4242"
    assert "4242" not in clean(told)
    assert "4242" not in Redaction().hide(told)
    assert "4242" not in label("y " * 40 + "x" * at + " 4242 4242 4242 4242 " * 9, 10)


def test_a_ticket_is_hidden_before_it_is_cut() -> None:
    """Law: neither a subject nor a message gives the model the beginning of a number."""
    number = "4242 4242 4242 4242"
    asked = a_ticket("x" * 7_990 + f" {number}", subject="y" * 290 + f" {number}")
    assert "4242" not in shown(asked, Redaction())


@pytest.mark.parametrize("at", range(1, 19))
def test_an_excerpt_shows_no_half_of_a_card(at: int) -> None:
    """Law: what is quoted on a card is cut before a number, not within it."""
    told = "x " * (180 - at // 2) + " 4242 4242 4242 4242 and more"
    assert "4242" not in clean(excerpt(told))
