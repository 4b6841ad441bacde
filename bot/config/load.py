"""From a file to settings, or to one readable list of everything that is wrong with it."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config import refusals
from bot.config.document import Mistake, read_document
from bot.config.settings import Settings


class ConfigError(Exception):
    """app.yaml cannot be used; one line per mistake with key, line and remedy, and no value."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(_sentence(file, mistake) for mistake in self.mistakes))


def load(path: Path | str, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and validate a file; raise ConfigError with all its mistakes at once.

    BACKSTOP_DATABASE_URL and BACKSTOP_PORT in the environment come before the file.
    """
    path = Path(path)
    document = read_document(_text(path))
    found = list(document.mistakes)
    if found and document.data is None:
        raise ConfigError(path.name, found)
    settings = None
    try:
        # By way of JSON, strict mode still takes lists for tuples, and "5" is no number.
        settings = Settings.model_validate_json(json.dumps(document.data or {}), strict=True)
    except ValidationError as error:
        found += [
            mistake
            for mistake in refusals.mistakes(error, document)
            if mistake.path not in {known.path for known in document.mistakes}
        ]
    if settings is None or found:
        raise ConfigError(path.name, sorted(found, key=lambda mistake: mistake.line))
    return _overridden(settings, environ)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        wrong, remedy = "does not exist", "Write one with: backstop init"
    except (OSError, UnicodeError) as error:
        wrong, remedy = f"cannot be read ({type(error).__name__})", "Make it a UTF-8 text file."
    raise ConfigError(path.name, [Mistake((), 1, wrong, remedy)])


def _overridden(settings: Settings, environ: Mapping[str, str]) -> Settings:
    changed: dict[str, object] = {}
    if environ.get("BACKSTOP_DATABASE_URL"):
        changed["database"] = "env:BACKSTOP_DATABASE_URL"
    port = environ.get("BACKSTOP_PORT", "")
    if port:
        if not port.isdecimal() or not 0 < int(port) < 65536:
            wrong = "must be a port, 1 to 65535"
            raise ConfigError("environment", [Mistake(("BACKSTOP_PORT",), 1, wrong, "Unset it.")])
        changed["server"] = settings.server.model_copy(update={"port": int(port)})
    return settings.model_copy(update=changed) if changed else settings


def key_path(path: Iterable[str | int]) -> str:
    """Return a path as people write it: `gates[0].expires`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _sentence(file: str, mistake: Mistake) -> str:
    place = key_path(mistake.path)
    where = f"{file}, line {mistake.line}: " + (f"{place}: " if place else "")
    return f"{where}{mistake.wrong}. {mistake.remedy}"
