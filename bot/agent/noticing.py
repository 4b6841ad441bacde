"""How a text to a customer reads to a model: the port beside the rules of `bot.wording`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from bot.agent.looking import NOTHING, Spent

# The rules that it may find something by, and what each means to a model.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "blame": "The text says or hints that it is the customer's own fault.",
        "promised_outcome": "It promises an outcome that nobody has decided.",
        "promised_time": "It says when somebody of ours will do or tell something.",
        "wrong_language": "It is not in the customer's language.",
        "canned_apology": "An apology or courtesy that would fit any letter.",
        "jargon": "A word of the trade that the customer did not use and nobody explains.",
        "no_acknowledgement": "The customer is upset, and the text does not show that it was seen.",
        "no_next_step": "It does not say what happens next, or what they can do.",
    }
)
# Of these there is nothing to quote: they are about what the text lacks.
LACKING = frozenset({"wrong_language", "no_acknowledgement", "no_next_step"})


@dataclass(frozen=True)
class Letter:
    """A text that is about to leave, what its reader `wrote`, and in which language."""

    text: str
    wrote: str = ""
    language: str = ""


@dataclass(frozen=True)
class Noticed:
    """What a model says of a letter, before anybody has looked whether it is so."""

    rule: str
    quote: str
    suggestion: str
    grave: bool


@dataclass(frozen=True)
class Heard:
    """`trouble` says in a word or two why the model said nothing, where it did not come to it."""

    noticed: tuple[Noticed, ...] = ()
    spent: Spent = NOTHING
    trouble: str = ""


class Wording(Protocol):
    def read(self, letter: Letter, ticket: int) -> Heard:
        """One short look, out of the ticket's budget. It raises nothing: a letter waits for no
        model."""
        ...
