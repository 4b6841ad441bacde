"""Which part of a conversation is what we said: Intercom keeps no marker of ours.

Every part of our own admin's is taken for ours, so the token is to belong to nobody else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import OutcomeUnknown
from bot.handlers.http.html_text import plain_text
from bot.handlers.http.intercom_body import NOTES
from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.reply_html import fingerprint, reply_html

# Intercom's clock and ours, and its whole seconds.
SKEW = timedelta(seconds=30)
# As wrong as a clock may be before nothing at all can be told by it.
DRIFT = timedelta(hours=1)


@dataclass(frozen=True)
class Said:
    """Words of our own admin's; `print` is the same for the same words."""

    id: str
    at: datetime
    is_note: bool
    print: str


def said(item: Mapping[str, Any], own: str) -> list[Said]:
    """What the admin `own` said in a conversation, newest first."""
    mine = (part for part in _parts(item) if ident(inner(part, "author").get("id")) == own)
    return [_said(part) for part in mine if plain_text(words(part.get("body")))][::-1]


def made(now: list[Said], before: Collection[str], text: str, is_note: bool) -> str | None:
    """The part that a call made: of its kind, and not there before the call. The words decide
    between several only, since Intercom may have changed them."""
    new = [one for one in now if one.is_note is is_note and one.id not in before]
    alike = [one for one in new if one.print == _print(text)]
    return next((one.id for one in alike or new), None)


def sent(
    item: Mapping[str, Any], own: str, text: str, since: datetime, others: Collection[str]
) -> str | None:
    """The part with these words from since then, leaving out `others`; None is certain.

    Raises:
        OutcomeUnknown: There are other words of ours since then or shortly before, and they may be
            these, changed by Intercom or stamped by a clock that is not ours; or not all is shown.

    """
    mine = [one for one in said(item, own) if one.id not in others]
    earliest = since.replace(microsecond=0)
    for one in mine:
        if one.print == _print(text) and one.at >= earliest - SKEW:
            return one.id
    if any(one.at >= earliest - DRIFT for one in mine):
        raise OutcomeUnknown("words of ours are there that nobody can place")
    parts = _parts(item)
    total = inner(item, "conversation_parts").get("total_count")
    is_cut = isinstance(total, int) and total > len(parts)
    if is_cut and parts and _at(parts[0]) >= earliest - DRIFT:
        raise OutcomeUnknown("not every part since then is shown")
    return None


def _said(part: Mapping[str, Any]) -> Said:
    is_note = words(part.get("part_type")) in NOTES
    return Said(ident(part.get("id")), _at(part), is_note, fingerprint(words(part.get("body"))))


def _print(text: str) -> str:
    return fingerprint(reply_html(text))


def _parts(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return objects(inner(item, "conversation_parts"), "conversation_parts")


def _at(part: Mapping[str, Any]) -> datetime:
    return moment(part.get("created_at")) or datetime.fromtimestamp(0, UTC)
