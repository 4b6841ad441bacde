"""One row's fields, asked for by name; what stands there wrongly is said in words."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from bot.words import storable

T = TypeVar("T")

_LONGEST = 1_000_000
_IDENT = re.compile(r"[^\s/\\]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}")
_ADDRESS = re.compile(r"https?://[^\s<>|\"`]{1,2000}")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_TIME = "2026-12-01T09:30:00+01:00"
_BETWEEN = re.compile(r"[;|,]")
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class BadRow(ValueError):
    """The row cannot be used; the message names each wrong field and quotes none."""


class Fields:
    """Access to a JSON object, a CSV row or a front matter alike.

    Each question takes several names and answers for the first that is filled; `a.b` looks into
    an object. Names in the file may be written with capitals, blanks or hyphens. What cannot be
    used counts as not told until `checked` says all of it at once.
    """

    def __init__(self, raw: Mapping[str, Any], wrong: dict[str, None] | None = None) -> None:
        self._raw = {_plain(str(name)): value for name, value in raw.items()}
        self._wrong: dict[str, None] = {} if wrong is None else wrong

    def within(self, raw: Mapping[str, Any]) -> "Fields":
        """The fields of an object inside the row."""
        return Fields(raw, self._wrong)

    def refuse(self, reason: str) -> None:
        self._wrong[reason] = None

    @property
    def refusals(self) -> int:
        """How many so far: what was refused already need not be missed as well."""
        return len(self._wrong)

    def checked(self, row: T) -> T:
        """The row made of these fields; raises BadRow with everything that is wrong with them."""
        if self._wrong:
            raise BadRow("; ".join(self._wrong))
        return row

    def tells(self, name: str) -> bool:
        """Whether the row speaks of it at all, be it to say that there is nothing."""
        return name in self._raw

    def value(self, *names: str) -> Any:
        for name in names:
            found: Any = self._raw
            for step in name.split("."):
                found = found.get(step) if isinstance(found, Mapping) else None
            if found not in (None, ""):
                return found
        return None

    def text(self, *names: str) -> str:
        found = self.value(*names)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        if found is not None and not isinstance(found, str):
            self.refuse(f"{names[0]}: is not text")
            return ""
        text = storable(found or "").strip()
        if len(text) > _LONGEST:
            self.refuse(f"{names[0]}: is longer than {_LONGEST:,} characters")
            return ""
        return text

    def ident(self, *names: str) -> str:
        """The id, empty when there is none."""
        found = self.text(*names)
        if found and not (_IDENT.fullmatch(found) and found.isprintable()):
            self.refuse(f"{names[0]}: is not an id (no blanks, no slashes)")
            return ""
        return found

    def required_ident(self, *names: str) -> str:
        return self._required(self.ident, names)

    def required_text(self, *names: str) -> str:
        return self._required(self.text, names)

    def word(self, *names: str) -> str:
        """A name that rules compare: lower case, hyphens and blanks as underscores."""
        return _plain(self.text(*names))

    def language(self, *names: str) -> str:
        found = self.text(*names)
        if found and not _LANGUAGE.fullmatch(found):
            self.refuse(f"{names[0]}: is not a language code, such as en or pt-BR")
            return ""
        return found.replace("_", "-")

    def address(self, *names: str) -> str:
        found = self.text(*names)
        if found and not _ADDRESS.fullmatch(found):
            raise BadRow(f"{names[0]}: is not a web address (https://…)")
        return found

    def names(self, *names: str) -> tuple[str, ...]:
        """A list of texts, or one text with ; | or , between them; without repetitions."""
        found = self.value(*names)
        if found is None:
            return ()
        items = _BETWEEN.split(found) if isinstance(found, str) else found
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.refuse(f"{names[0]}: is not a list of texts")
            return ()
        texts = (storable(item).strip() for item in items)
        return tuple(dict.fromkeys(filter(None, texts)))

    def flag(self, name: str, default: bool) -> bool:
        found = self.value(name)
        if isinstance(found, str):
            found = _YES_NO.get(found.strip().lower(), found)
        if isinstance(found, bool):
            return found
        if found is not None:
            self.refuse(f"{name}: is neither true nor false")
        return default

    def whole(self, *names: str) -> int | None:
        found = self.value(*names)
        if isinstance(found, str) and _WHOLE.fullmatch(found.strip()):
            found = int(found)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
        if found is not None:
            self.refuse(f"{names[0]}: is not a whole number")
        return None

    def moment(self, *names: str) -> datetime | None:
        """A time as UTC; a day begins at midnight, and a time without an offset is UTC already."""
        found = self.text(*names)
        try:
            read = datetime.fromisoformat(found) if found else None
            if read is not None and read.tzinfo is None:
                read = read.replace(tzinfo=UTC)
            return read.astimezone(UTC) if read else None
        except (ValueError, OverflowError):
            self.refuse(f"{names[0]}: is not a time in ISO 8601, such as 2026-12-01 or {_TIME}")
            return None

    def day(self, *names: str) -> date | None:
        read = self.moment(*names)
        return read.date() if read else None

    def _required(self, ask: Callable[..., str], names: tuple[str, ...]) -> str:
        before = self.refusals
        found = ask(*names)
        if not found and self.refusals == before:
            self.refuse(f"{names[0]}: is missing")
        return found


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
