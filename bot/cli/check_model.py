"""Asks the model's API one question that costs nothing: whether the model's name is known."""

from contextlib import closing

from bot.agents import model_of
from bot.config.problem import Problem
from bot.config.secrets import Secrets
from bot.config.settings import Settings
from bot.errors import OutsideError, Refused


def ask_model(settings: Settings, secrets: Secrets) -> Problem | None:
    """Return what keeps it from answering, with a remedy."""
    named = settings.agent
    if named.kind != "claude" or secrets.model_key is None:
        return None
    with closing(model_of(named, secrets.model_key)) as model:
        try:
            model.look(named.model)
        except Refused as error:
            if error.code == "not_found_error":
                wrong, key = f"the API knows no model {named.model}", "model"
                remedy = "Name a model that the key may use."
            else:
                wrong, key = f"the API refuses: {error.code}", "key"
                remedy = f"Set {named.key} to a key that is valid."
        except OutsideError as error:
            wrong, key = f"the API gives no usable answer ({error})", "api_url"
            remedy = "Look whether this machine reaches it (network, proxy, firewall)."
        else:
            return None
    closes = "the model: tickets are decided as agent.when_away says"
    return Problem("closed", "agent", f"agent.{key}", wrong, closes, remedy)
