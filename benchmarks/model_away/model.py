"""The model as a process of its own, told from outside what to do wrong."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from sandbox.model import Librarian, ModelServer, routes

MODEL = ModelServer(Librarian())


async def faults(request: Request) -> JSONResponse:
    """What is sent is all that goes wrong from now on."""
    MODEL.faults.clear()
    vars(MODEL.faults).update(await request.json())
    return JSONResponse({"asked": len(MODEL.requests)})


async def ready(request: Request) -> JSONResponse:
    return JSONResponse({"ok": True})


if __name__ == "__main__":
    doors = [Route("/faults", faults, methods=["POST"]), Route("/readyz", ready)]
    site = Starlette(routes=[*routes(MODEL), *doors])
    uvicorn.run(site, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
