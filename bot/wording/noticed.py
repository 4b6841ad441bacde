"""What a model noticed in a text, held against the text: what does not stand in it is no finding.

It adds to what the rules found and takes nothing away. What the record bears it cannot know, so
that a promise which stands in a cited article, or a time that is on record, is none of its finds.
"""

from collections.abc import Iterable, Sequence

from bot.agent.noticing import LACKING, RULES, Noticed
from bot.agent.phrases import readable, words_of
from bot.wording.findings import Finding
from bot.wording.reading import Circumstances

_MOST = 80
_PROMISES = ("promised_time", "promised_outcome")


def believed(
    text: str, about: Circumstances, noticed: Iterable[Noticed], found: Sequence[Finding] = ()
) -> tuple[Finding, ...]:
    """Those by rules of ours, of names that are not `found` yet, whose words stand in the text."""
    seen, known = readable(text), {finding.name for finding in found}
    kept: dict[str, Finding] = {}
    for each in noticed:
        is_new = each.rule in RULES and each.rule not in known and each.rule not in kept
        if is_new and _stands(each, seen) and not _is_borne(each, about):
            quote = "" if each.rule in LACKING else readable(each.quote).strip()[:_MOST]
            kept[each.rule] = Finding(each.rule, quote, each.suggestion.strip(), each.grave)
    return tuple(kept.values())


def _stands(each: Noticed, text: str) -> bool:
    quote = readable(each.quote).strip()
    return quote in text if quote else each.rule in LACKING


def _is_borne(each: Noticed, about: Circumstances) -> bool:
    if each.rule not in _PROMISES:
        return False
    is_recorded = each.rule == "promised_time" and about.is_recorded
    return is_recorded or _run(each.quote) in _run(about.backing)


def _run(text: str) -> str:
    return " ".join(word.text for word in words_of(readable(text)))
