"""A stand-in for the Messages API, as strict as it is, and with a mind that a test chooses.

`model = ModelServer(minds.Scripted([...]))`, then mount `routes(model)`. The official SDK reaches
it with `anthropic.Anthropic(api_key=KEY, base_url=f"{url}/anthropic")`.
"""

from sandbox.model.faults import Faults
from sandbox.model.minds import Librarian, Scripted, say, use
from sandbox.model.obedient import Obedient
from sandbox.model.server import KEY, ModelServer, routes

__all__ = [
    "KEY",
    "Faults",
    "Librarian",
    "ModelServer",
    "Obedient",
    "Scripted",
    "routes",
    "say",
    "use",
]
