"""app.yaml: what operators decide, read once into frozen settings."""

from bot.config.load import ConfigError, load
from bot.config.settings import Settings

__all__ = ["ConfigError", "Settings", "load"]
