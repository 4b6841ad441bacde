"""Whose yes takes a code, and which codes there are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from cryptography.fernet import Fernet
from hypothesis import example, given
from hypothesis import strategies as st

from bot.authenticators import LONGEST_LOCK, STEP_S, TRIES, Authenticators, Proof, Wrong
from bot.entitlement import Gated
from bot.errors import NotAllowed
from bot.people import Person
from bot.step_up import takes_code
from storage.engine import open_engine
from storage.unit_of_work import UnitOfWork
from tests.config.files import load_text
from tests.databases import SqliteTemplate

MAX = Person("max", "Max Vidal", frozenset({"approver"}), slack="U0MAX")
KIM = replace(MAX, id="kim", organisation="dawn")
REFUND = Gated("refund", 20000, "USD", frozenset({"approver"}), frozenset(), "offline")
FILE = "company: {name: Acme, currency: USD}\napprovals: {step_up: {above: {refund: 20000}}}\n"
NOW = datetime(2026, 9, 23, 9, tzinfo=UTC)
KEY = Fernet.generate_key().decode()


@given(st.integers(0, 10**9), st.sampled_from(["USD", "EUR", "KWD", None]))
@example(20000, "USD")
@example(20001, "USD")
def test_a_code_is_taken_above_the_amount_and_wherever_nobody_knows_it(
    tmp_path_factory: pytest.TempPathFactory, amount: int, currency: str | None
) -> None:
    """Law: what cannot be compared is above."""
    settings = load_text(tmp_path_factory.getbasetemp(), FILE)
    asked = replace(REFUND, amount=amount, currency=currency)
    assert takes_code(asked, MAX, settings) == (currency != "USD" or amount > 20000)
    assert takes_code(replace(asked, amount=None), MAX, settings)
    assert takes_code(asked, KIM, settings)
    assert not takes_code(replace(asked, kind="reply"), MAX, settings)
    without = load_text(tmp_path_factory.getbasetemp(), "company: {name: Acme}\n")
    assert not takes_code(asked, MAX, without)


@given(
    st.lists(
        st.tuples(st.integers(-4, 4), st.integers(0, 90), st.booleans()), min_size=1, max_size=25
    )
)
def test_a_code_counts_once_and_within_a_step_of_its_time(
    sqlite: SqliteTemplate, tries: list[tuple[int, int, bool]]
) -> None:
    """Model: what counted, how many guesses there were since, and until when none is looked at."""
    with sqlite.fresh() as url, UnitOfWork(open_engine(url)) as uow:
        codes = Authenticators([KEY], "Acme")
        held, key = codes.begin(MAX, uow, NOW)
        now, used, failures, locked = NOW, 0, 0, NOW
        for off, seconds, is_guess in tries:
            now += timedelta(seconds=seconds)
            step = int(now.timestamp()) // STEP_S + off
            shown = pyotp.TOTP(key).generate_otp(step)
            typed = _another(key, now) if is_guess else shown
            said = codes.check(uow.authenticators.get(held.id), typed, uow, now)
            if locked > now:
                assert isinstance(said, Wrong)
                continue
            near = {
                at: pyotp.TOTP(key).generate_otp(at) for at in range(step - off - 1, step - off + 2)
            }
            fits = [at for at, one in near.items() if one == typed]
            if fits and fits[-1] > used:
                assert said == Proof(f"{held.id}:{fits[-1]}")
                used, failures = fits[-1], 0
            elif fits:
                assert isinstance(said, Wrong) and "already" in said.why
            else:
                failures += 1
                assert isinstance(said, Wrong)
                assert (said.locked_until is not None) == (failures % TRIES == 0)
                locked = said.locked_until or locked


def test_locks_grow_to_a_day_and_no_further(sqlite: SqliteTemplate) -> None:
    """Guessing one of a million codes, three of which count at a time, takes years like this."""
    with sqlite.fresh() as url, UnitOfWork(open_engine(url)) as uow:
        codes = Authenticators([KEY], "Acme")
        held, key = codes.begin(MAX, uow, NOW)
        now = NOW
        locks: list[timedelta] = []
        while len(locks) < 10:
            said = codes.check(uow.authenticators.get(held.id), _another(key, now), uow, now)
            assert isinstance(said, Wrong)
            if said.locked_until:
                locks.append(said.locked_until - now)
                now = said.locked_until
        assert locks[:3] == [timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1)]
        assert locks[-1] == LONGEST_LOCK


def test_keys_are_read_under_an_older_key_until_it_is_taken_away(sqlite: SqliteTemplate) -> None:
    """Law: rotating the key of the environment makes nobody enrol anew."""
    newer = Fernet.generate_key().decode()
    with sqlite.fresh() as url, UnitOfWork(open_engine(url)) as uow:
        held, key = Authenticators([KEY], "Acme").begin(MAX, uow, NOW)
        shown = pyotp.TOTP(key).at(NOW)
        assert isinstance(Authenticators([newer, KEY], "Acme").check(held, shown, uow, NOW), Proof)
        for keys in ([newer], []):
            with pytest.raises(NotAllowed, match="backstop check"):
                Authenticators(keys, "Acme").check(held, shown, uow, NOW)


def _another(key: str, now: datetime) -> str:
    """Six digits that the app shows neither now nor within a few steps."""
    step = int(now.timestamp()) // STEP_S
    shown = {pyotp.TOTP(key).generate_otp(step + by) for by in range(-5, 6)}
    return next(f"{n:06}" for n in range(20) if f"{n:06}" not in shown)
