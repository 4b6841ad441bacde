"""Read app.yaml."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from bot.config.settings import Settings


class ConfigError(Exception):
    """app.yaml cannot be used as it stands; the message says where and what to do."""


def load(path: Path | str, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and validate; raise ConfigError naming every key, line and remedy."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        return Settings.model_validate_json(json.dumps(data), strict=True)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigError(str(error)) from None
