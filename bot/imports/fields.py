"""One row's fields, asked for by name; what stands there wrongly is said in words."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

_LONGEST = 1_000_000
_IDENT = re.compile(r"[^\s/\\]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BETWEEN = re.compile(r"[;|,]")
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class BadRow(ValueError):
    """The row cannot be used; the message names the field and does not quote it."""


class Fields:
    """Access to a JSON object, a CSV row or a front matter alike.

    Each question takes several names and answers for the first that is filled; `a.b` looks into
    an object. Names in the file may be written with capitals, blanks or hyphens.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = {_plain(str(name)): value for name, value in raw.items()}

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
            raise BadRow(f"{names[0]}: is not text")
        text = _UNSTORABLE.sub("\ufffd", found or "").strip()
        if len(text) > _LONGEST:
            raise BadRow(f"{names[0]}: is longer than {_LONGEST:,} characters")
        return text

    def ident(self, *names: str) -> str:
        """The id, empty when there is none."""
        found = self.text(*names)
        if found and not (_IDENT.fullmatch(found) and found.isprintable()):
            raise BadRow(f"{names[0]}: is not an id (no blanks, no slashes)")
        return found

    def required_ident(self, *names: str) -> str:
        if found := self.ident(*names):
            return found
        raise BadRow(f"{names[0]}: is missing")

    def required_text(self, *names: str) -> str:
        if found := self.text(*names):
            return found
        raise BadRow(f"{names[0]}: is missing")

    def word(self, *names: str) -> str:
        """A name that rules compare: lower case, hyphens and blanks as underscores."""
        return _plain(self.text(*names))

    def language(self, *names: str) -> str:
        found = self.text(*names)
        if found and not _LANGUAGE.fullmatch(found):
            raise BadRow(f"{names[0]}: is not a language code")
        return found.replace("_", "-")

    def names(self, *names: str) -> tuple[str, ...]:
        """A list of texts, or one text with ; | or , between them; without repetitions."""
        found = self.value(*names)
        if found is None:
            return ()
        items = _BETWEEN.split(found) if isinstance(found, str) else found
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise BadRow(f"{names[0]}: is not a list of texts")
        texts = (_UNSTORABLE.sub("\ufffd", item).strip() for item in items)
        return tuple(dict.fromkeys(filter(None, texts)))

    def flag(self, name: str, default: bool) -> bool:
        found = self.value(name)
        if isinstance(found, str):
            found = _YES_NO.get(found.strip().lower(), found)
        if found is None or isinstance(found, bool):
            return default if found is None else found
        raise BadRow(f"{name}: is neither true nor false")

    def whole(self, *names: str) -> int | None:
        found = self.value(*names)
        if isinstance(found, str) and _WHOLE.fullmatch(found.strip()):
            found = int(found)
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        raise BadRow(f"{names[0]}: is not a whole number")

    def moment(self, *names: str) -> datetime | None:
        """A time as UTC; a day begins at midnight, and a time without an offset is UTC already."""
        found = self.text(*names)
        try:
            read = datetime.fromisoformat(found) if found else None
            if read is not None and read.tzinfo is None:
                read = read.replace(tzinfo=UTC)
            return read.astimezone(UTC) if read else None
        except (ValueError, OverflowError):
            raise BadRow(f"{names[0]}: is not a time in ISO 8601") from None

    def day(self, *names: str) -> date | None:
        read = self.moment(*names)
        return read.date() if read else None


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
