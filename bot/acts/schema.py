"""What every act has in common: a closed, frozen schema whose values mean one thing only."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.money import DIGITS
from bot.words import clean, units

# The most that a card of either platform shows whole beside everything else on it, as JSON.
SHOWN_WHOLE = 9_000


def _is_readable(text: str) -> str:
    if clean(text) != text:
        raise ValueError("holds what a card would not show as it is")
    if units(json.dumps(text, ensure_ascii=False)) > SHOWN_WHOLE:
        raise ValueError("is longer than a card shows")
    if not text.strip():
        raise ValueError("is blank")
    return text


def _is_money(code: str) -> str:
    if code not in DIGITS:
        raise ValueError("is not a currency of ISO 4217")
    return code


Row = Annotated[int, Field(gt=0, lt=2**53)]
"""Our own id of a ticket or customer; below 2**53 so that every JSON reader agrees on it."""

Outside = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:\-]{0,199}$")]
"""An id of another system: characters that no card can show misleadingly."""

Currency = Annotated[str, AfterValidator(_is_money)]
"""Of another currency nobody knows what an amount is worth."""

Prose = Annotated[str, AfterValidator(_is_readable)]
"""Words of which a card shows every character, so that whoever consents has seen them all."""


class Unfit(ValueError):
    """`fields` say by name what is wrong with what was typed."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


@dataclass(frozen=True)
class Editable:
    """A field that people may change before they approve. What is `read_over` is laid before
    whoever changed it once more, with what is different and how it reads."""

    name: str
    label: str
    hint: str = ""
    multiline: bool = False
    read_over: bool = False


class Act(BaseModel, ABC):
    """Strict: an amount of `20.0`, `"20"` or `true` is refused, and so is any unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    kind: str
    editable: ClassVar[Sequence[Editable]] = ()
    """What may be changed before a yes; never whom it reaches, or what it acts on."""

    @property
    @abstractmethod
    def label(self) -> str:
        """What is done, in a few words without an amount."""

    @property
    @abstractmethod
    def about(self) -> str:
        """What it acts on: a second act about the same may be the same wish, told twice."""

    @property
    def same(self) -> object:
        """Equal for two acts that differ in nothing but whom and what they are about, so that one
        look may do for both; None where each wants a look of its own."""
        return None

    def typed(self) -> Mapping[str, str]:
        """The editable fields, as people type them."""
        return {field.name: str(getattr(self, field.name)) for field in self.editable}

    def edited(self, typed: Mapping[str, str], proposed: Self) -> Self:
        """This act with what was typed into its editable fields, by name; `proposed` is how the
        agent asked for it first. Raises `Unfit`, by field."""
        return self.with_fields(
            {field.name: typed.get(field.name, "").strip() for field in self.editable}
        )

    def with_fields(self, values: Mapping[str, object]) -> Self:
        """Checked anew, field by field; raises `Unfit`."""
        try:
            return type(self).model_validate(self.model_dump() | dict(values))
        except ValidationError as error:
            told = {
                str(found["loc"][0]): f"This {found['msg'].removeprefix('Value error, ')}."
                for found in error.errors()
            }
            raise Unfit(told) from None

    @abstractmethod
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and value of everything this act would do, for the card."""
