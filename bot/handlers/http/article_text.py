"""What stands in an article's HTML as Markdown, so that text stays text on the way back."""

import re
from typing import Any

from markdownify import MarkdownConverter

# Elsewhere these mean nothing, and codes are searched as they are: \Orders, error_code_7, [Save].
_MARKS = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$) | [*`] | (?<![^\W_])_ | _(?![^\W_])
    | \](?=[(:\[]) | ~(?=~) | (?<=~)~ | &(?=\#?\w{1,31};) | <(?=[A-Za-z][^\s<>@:]{0,99}[:@])""",
    re.VERBOSE,
)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_BEGINNING = re.compile(
    r"^([^\S\n]*)(\#{1,6}(?!\S)|[-+](?!\S)|>|=+[^\S\n]*$|-+[^\S\n]*$|[0-9]{1,9}(?=[.)](?!\S)))",
    re.MULTILINE,
)
_CLOSING = re.compile(r"(^|\s)(#+)$")
_BAR = re.compile(r"\|")
_AUTOLINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s<>\\\x00-\x1f]|&(?=#?\w{1,31};)")
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")
_PAREN = {"(": "%28", ")": "%29"}
_BLOCKS = {"br", "p", "div", "ul", "ol", "table", "pre", "blockquote", "hr", "section", "article"}


class Writer(MarkdownConverter):
    """Tags as Markdown; what only looks like Markdown is escaped."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        told = _MARKS.sub(r"\\\g<0>", text)
        return _BRACKET.sub(r"\\\g<0>", told) if "a" in parent_tags else told

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        told = str(super().process_text(el, parent_tags=parent_tags))  # type: ignore[misc]  # not in its stubs
        if not parent_tags or {"_noformat", "_inline"} & parent_tags:
            return told
        before = el.previous_sibling
        begins = before is None or before.name in _BLOCKS
        first = 0 if begins else told.find("\n") + 1 or len(told)
        return told[:first] + _BEGINNING.sub(_escaped, told[first:])

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:
        """What a heading ends with would be read as its closing marks: "C #"."""
        whole = _CLOSING.sub(r"\1\\\2", text.rstrip())
        return str(super().convert_hN(n, el, whole, parent_tags))  # type: ignore[misc]  # not in its stubs

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href") or "").strip()
        if "_noformat" in parent_tags or not address or not text.strip():
            return text
        before, after = " " * text[0].isspace(), " " * text[-1].isspace()
        if el.get_text() == address and _AUTOLINK.fullmatch(address) and not el.get("title"):
            return f"{before}<{address}>{after}"
        return f"{before}[{' '.join(text.split())}]({_target(el, address)}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("src") or "").strip()
        alt = _BRACKET.sub(
            r"\\\g<0>", self.escape(" ".join(str(el.get("alt") or "").split()), set())
        )
        return f"![{alt}]({_target(el, address)})" if address else alt

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell = _BAR.sub(r"\\|", text)
        return str(super().convert_td(el, cell, parent_tags))  # type: ignore[misc]  # not in its stubs

    def convert_th(self, el: Any, text: str, parent_tags: set[str]) -> str:
        cell = _BAR.sub(r"\\|", text)
        return str(super().convert_th(el, cell, parent_tags))  # type: ignore[misc]  # not in its stubs


def _escaped(begun: re.Match[str]) -> str:
    # Of "1." the dot is escaped: a digit cannot be.
    return f"{begun[0]}\\" if begun[2].isdigit() else f"{begun[1]}\\{begun[2]}"


def _target(el: Any, address: str) -> str:
    """An address as Markdown takes it, and the title behind it."""
    safe = _UNSAFE.sub(lambda one: "&amp;" if one[0] == "&" else f"%{ord(one[0]):02X}", address)
    if not _BALANCED.fullmatch(safe):
        safe = "".join(_PAREN.get(one, one) for one in safe)
    title = " ".join(str(el.get("title") or "").split()).replace("\\", r"\\").replace('"', r"\"")
    return f'{safe} "{title}"' if title else safe
