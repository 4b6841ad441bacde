"""Plain text to HTML and back, and HTML down to what a help desk lets through."""

import html
from html.parser import HTMLParser

_ALLOWED = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote"}
_SILENT = {"script", "style"}
_BREAKS = {"p", "li", "blockquote", "pre", "ul", "ol", "div"}


def to_html(text: str) -> str:
    """Escape, and make paragraphs of blank lines and breaks of line ends."""
    paragraphs = html.escape(text.strip()).split("\n\n")
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in paragraphs)


def to_text(markup: str) -> str:
    """What a reader sees of the HTML; a space that must not break is a space."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = "".join(reader.text).strip().split("\n")
    joined = "\n".join(line.strip(" \t\r") for line in lines).replace("\xa0", " ")
    while "\n\n\n" in joined:
        joined = joined.replace("\n\n\n", "\n\n")
    return joined


def sanitized(markup: str) -> str:
    """Drop scripts, unknown tags and every attribute but a link's http(s) address."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.html: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag == "br":
            self.text.append("\n")
        if tag not in _ALLOWED:
            return
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.html.append(f'<a href="{html.escape(address)}">')
        else:
            self.html.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BREAKS:
            self.text.append("\n" if tag == "li" else "\n\n")
        if tag in _ALLOWED:
            self.html.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)
            self.html.append(html.escape(data))
