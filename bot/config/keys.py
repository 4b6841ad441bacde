"""Every key that app.yaml may hold, read off the models: for messages and for the documents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.config.settings import Settings
from bot.config.values import Called

_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    timedelta: "duration",
}


@dataclass(frozen=True)
class Key:
    """One key: `path` has `[]` for a place in a list and `*` for a name of the operator's own."""

    path: str
    kind: str
    field: FieldInfo

    @property
    def default(self) -> str:
        """What holds when the key is absent, as one would write it."""
        if self.field.is_required():
            return "required"
        if self.field.default_factory is not None:
            return "none" if element(self.field.annotation) else "from other keys"
        if isinstance(self.field.default, BaseModel):
            return "as below"
        return "none" if self.field.default in (None, ()) else written(self.field.default)

    @property
    def example(self) -> str:
        return _example(self.field)


def all_keys(model: type[BaseModel] = Settings, prefix: str = "") -> Iterator[Key]:
    """Yield every key in the order of the models, the outer one before those inside it."""
    for name, field in fields(model).items():
        path = f"{prefix}{name}"
        yield Key(path, kind_of(field.annotation, field.metadata), field)
        inner = bare(field.annotation)
        while (held := element(inner)) is not None:
            path += "[]" if get_origin(inner) is tuple else ".*"
            inner = bare(held)
        if is_model(inner):
            yield from all_keys(inner, f"{path}.")


def at(path: Iterable[str | int]) -> Any:
    """Return the type that belongs at a place of the file, or None where nothing may stand."""
    here: Any = Settings
    for step in path:
        field = fields(here).get(step)
        here = bare(field.annotation if field else element(here))
    return here


def example(path: Iterable[str | int]) -> str:
    """Return `key: value` for the innermost key of the path that the models know."""
    here: Any = Settings
    found = "company: {name: Acme}"
    for step in path:
        field = fields(here).get(step)
        if field:
            found = f"{step}: {_example(field)}"
        here = bare(field.annotation if field else element(here))
    return found


def fields(annotation: Any) -> Mapping[str | int, FieldInfo]:
    """Return a model's fields by the names of their keys; nothing for other types."""
    if not is_model(annotation):
        return {}
    return {field.alias or name: field for name, field in annotation.model_fields.items()}


def _example(field: FieldInfo) -> str:
    return written((field.examples or [None])[0])


def name_within(annotation: Any) -> Any:
    """Return the type of a mapping's names."""
    return get_args(annotation)[0]


def bare(annotation: Any) -> Any:
    """Return the type without Annotated and without `| None`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
        else:
            return annotation


def is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def element(annotation: Any) -> Any:
    """Return what a list or a mapping holds, or None for anything else."""
    annotation = bare(annotation)
    origin = get_origin(annotation)
    if origin is tuple:
        return get_args(annotation)[0]
    return get_args(annotation)[1] if origin is Mapping else None


def choices(annotation: Any) -> tuple[str, ...]:
    """Return the words a value may be, or nothing when it is free."""
    annotation = bare(annotation)
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def kind_of(annotation: Any, marks: Sequence[object] = ()) -> str:
    """Return the type in an operator's words, such as `list of role`."""
    for mark in (*marks, *_marks(annotation)):
        if isinstance(mark, Called):
            return mark.name
    annotation = bare(annotation)
    inner = element(annotation)
    if choices(annotation):
        return " / ".join(choices(annotation))
    if inner is None:
        return _WORDS.get(annotation, "keys")
    if get_origin(annotation) is tuple:
        return f"list of {kind_of(inner)}"
    return f"{kind_of(name_within(annotation))}: {kind_of(inner)}"


def _marks(annotation: Any) -> Iterator[object]:
    """Yield what Annotated says, also of the one type beside `| None`."""
    if get_origin(annotation) in (Union, UnionType):
        for one in get_args(annotation):
            yield from _marks(one)
    elif get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]


def written(value: object) -> str:
    """Return a value as one line of YAML."""
    if isinstance(value, BaseModel):
        given = (name for name in type(value).model_fields if name in value.model_fields_set)
        return written({name: getattr(value, name) for name in given})
    if isinstance(value, timedelta):
        return _duration(int(value.total_seconds()))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {written(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(held) for held in value) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and (re.fullmatch(r"[0-9.]+", value) or re.search(r"[:,*#] ", value)):
        return f'"{value}"'
    return str(value)


def _duration(seconds: int) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
