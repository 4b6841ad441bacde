"""YAML with line numbers, read the strict way: no surprise types, no repeated keys, no secrets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]

_SECRET = re.compile(
    r"xox[a-z]-|xapp-|(sk|rk|pk)_(live|test)_|whsec_|sk-ant-|-----BEGIN|AKIA[0-9A-Z]{12}"
)
_PLAIN = "tag:yaml.org,2002:"


class _Loader(yaml.SafeLoader):
    """YAML 1.2's few plain types.

    PyYAML's own resolvers follow 1.1, where the language `no` is false and `22:00` is 1320.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the place where PyYAML looks

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="uses an alias", problem_mark=self.get_mark())
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})", list("-+0123456789.")),
):
    _Loader.add_implicit_resolver(_PLAIN + _tag, re.compile(rf"^{_pattern}$"), _first)


@dataclass(frozen=True)
class Mistake:
    """What is wrong at one place of the file, and what to do about it."""

    path: Path
    line: int
    wrong: str
    remedy: str


@dataclass
class Document:
    """What the file says: plain data, the line of each path, and mistakes of writing."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of the path, or of the nearest thing around it that is written down."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def looks_secret(text: str) -> bool:
    return bool(_SECRET.search(text))


def read_document(text: str) -> Document:
    """Read a file's text; every mistake of writing is collected, none is raised."""
    document = Document()
    try:
        node = yaml.compose(text, Loader=_Loader)
        if node is not None:
            document.lines[()] = 1
            document.data = _value(document, (), node)
    except yaml.MarkedYAMLError as error:
        # The parser's own snippet is left out: the line may hold a secret.
        mark = error.problem_mark or error.context_mark
        what = error.problem or "is not YAML"
        _note(document, (), mark.line + 1 if mark else 1, what, _syntax_remedy(what))
    except (yaml.YAMLError, RecursionError):
        _note(document, (), 1, "is not YAML", "Write plain text with keys and lists.")
    return document


def _value(document: Document, path: Path, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(document, path, node))
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(document, _at(document, (*path, index), item), item)
            for index, item in enumerate(node.value)
        ]
    return _scalar(document, path, node)


def _entries(document: Document, path: Path, node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            _note(document, path, line, "has a key that is not one word", "Use a plain key.")
            continue
        key = str(key_node.value)
        if looks_secret(key):
            _note(document, path, line, "holds a secret where a key belongs", _MOVE_IT)
            continue
        here = _at(document, (*path, key), key_node)
        if key in seen:
            _note(document, here, line, "is given twice", "Keep one of the two.")
        seen.add(key)
        yield key, _value(document, here, value_node)


def _scalar(document: Document, path: Path, node: yaml.Node) -> Any:
    text = str(node.value)
    if looks_secret(text):
        line = node.start_mark.line + 1
        _note(document, path, line, "holds a secret", _MOVE_IT)
        return "SECRET_REMOVED"
    kind = node.tag.removeprefix(_PLAIN)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in ("int", "float"):
        return int(text) if kind == "int" else float(text)
    if kind != "str":
        line = node.start_mark.line + 1
        _note(document, path, line, "has a YAML tag", "Remove the word that begins with !.")
    return text


def _at(document: Document, path: Path, node: yaml.Node) -> Path:
    document.lines[path] = node.start_mark.line + 1
    return path


def _note(document: Document, path: Path, line: int, wrong: str, remedy: str) -> None:
    document.mistakes.append(Mistake(path, line, wrong, remedy))


def _syntax_remedy(what: str) -> str:
    if "alias" in what:
        return "Write the value out in both places."
    if "\\t" in what:
        return "Indent with spaces; a tab is not allowed."
    return "Check the indentation, the quotes and the brackets on this line and the one before."


_MOVE_IT = (
    "Put it into an environment variable and write that variable's name here; "
    "since it stood in a file, replace it with a new one."
)
