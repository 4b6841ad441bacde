"""Promise 4, of the hash alone: it stands for one act and no other."""

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import acts
from tests.company import Json


def bent_act(payload: Json, dice: random.Random) -> Json:
    """One field of it is another, or gone, or there is one more."""
    name = dice.choice(sorted(payload))
    value = payload[name]
    others: list[Any] = [None, str(value) + "0", f" {value}", 0, [value], {"is": value}, True]
    if isinstance(value, int):
        others += [value + 1, value * 10, -value, str(value), value / 2]
    else:
        others += [value[:-1], value.upper(), value + "\u200b", ""]
    # Without its kind it is the same act: the row's own kind says which.
    kept = {key: one for key, one in payload.items() if key != name or name == "kind"}
    kept |= {"kind": "reply"} if name == "kind" else {}
    bent = dice.choice([kept, payload | {"note": "x"}, *(payload | {name: one} for one in others)])
    return bent if bent != payload else kept


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@settings(max_examples=200)
@given(
    st.fixed_dictionaries(
        {
            "charge": st.from_regex(r"ch_[a-z0-9]{1,20}", fullmatch=True),
            "amount": st.integers(1, 10**12),
            "currency": st.sampled_from(["USD", "EUR", "JPY"]),
            "ticket": st.integers(1, 2**53 - 1),
            "customer": st.integers(1, 2**53 - 1),
            "reason": _TEXT.map(lambda text: f"Paid twice {text}"),
        }
    ),
    st.randoms(use_true_random=False),
)
def test_promise_4_no_two_acts_share_a_hash(payload: Json, dice: random.Random) -> None:
    """What is stored is read back as the same act, and any other field makes another hash."""
    given_, bent = {"kind": "refund", **payload}, bent_act({"kind": "refund", **payload}, dice)
    digest = acts.digest_of("refund", given_)
    if digest is not None:
        text = acts.canonical(acts.parse("refund", given_))
        assert acts.digest(text) == digest == acts.digest_of("refund", json.loads(text))
        assert acts.digest_of("refund", bent) != digest
