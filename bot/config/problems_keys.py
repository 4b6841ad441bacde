"""Keys that are there and are none: of the wrong form, or too short to be nobody else's guess."""

from collections.abc import Iterator, Mapping

from bot.config.problem import Problem
from bot.config.secrets import AGENT_KEY_AT_LEAST, is_sealing_key
from bot.config.settings import Settings


def key_problems(settings: Settings, environ: Mapping[str, str]) -> Iterator[Problem]:
    yield from _sealing(settings, environ)
    yield from _signing(settings, environ)
    yield from _of_agents(settings, environ)


def _sealing(settings: Settings, environ: Mapping[str, str]) -> Iterator[Problem]:
    step_up = settings.approvals.step_up
    for name in step_up.keys if step_up else ():
        value = environ.get(name, "").strip()
        if value and not is_sealing_key(value):
            path, wrong = "approvals.step_up.keys", f"{name} is no key of 32 bytes in base64"
            remedy = "Make one: openssl rand -base64 32 | tr '+/' '-_'"
            closes = "approvals that take a code"
            yield Problem("closed", "step_up", path, wrong, closes, remedy)


def _signing(settings: Settings, environ: Mapping[str, str]) -> Iterator[Problem]:
    name = settings.audit.key if settings.audit else ""
    value = environ.get(name, "").strip()
    if value and not is_sealing_key(value):
        path, wrong = "audit.key", f"{name} is no private key of 32 bytes in base64"
        closes = "signed heads of the audit, outside the database"
        yield Problem("closed", "audit", path, wrong, closes, "Make one: backstop audit key")


def _of_agents(settings: Settings, environ: Mapping[str, str]) -> Iterator[Problem]:
    for agent, told in settings.agent.others.items():
        found = {name: len(environ.get(name, "").strip()) for name in told.keys}
        is_shut = max(found.values()) < AGENT_KEY_AT_LEAST
        for name in (name for name, long in found.items() if 0 < long < AGENT_KEY_AT_LEAST):
            yield Problem(
                "closed" if is_shut else "note",
                f"agent:{agent}",
                f"agent.others.{agent}.keys",
                f"{name} has fewer than {AGENT_KEY_AT_LEAST} letters",
                f"calls of {agent} with it are refused",
                "Make one: openssl rand -hex 32",
            )
