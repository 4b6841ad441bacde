"""One changing request from key to answer, with every fault at its place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.dice import Dropped
from sandbox.payments import problems
from sandbox.payments.idempotency import Keys
from sandbox.payments.problems import Problem
from sandbox.payments.provider import Provider


@dataclass(frozen=True)
class Call:
    """`fingerprint` is what must be the same when the key comes again."""

    request: str
    key: str | None
    fingerprint: str


async def execute(
    provider: Provider, keys: Keys, call: Call, work: Callable[[], dict[str, Any]]
) -> Response:
    """Do the work once per key and answer; `work` raises `Problem` to refuse.

    Raises:
        Problem: A refusal that is not kept under the key.

    """
    _strike_before_work(provider, call)
    if provider.faults.forget_keys:
        keys.forget_all()
    kept = keys.begin(call.key, call.fingerprint, call.request)
    if kept is not None:
        replayed = {"Idempotent-Replayed": "true", "Original-Request": kept.request}
        return _answer(call, kept.status, kept.body or {}, replayed)
    try:
        status, body = _work(provider, work)
    except Problem:
        keys.give_up(call.key)
        raise
    try:
        if provider.dice.roll("hang"):
            await asyncio.sleep(provider.faults.hang_seconds)
    finally:
        keys.finish(call.key, status, body)
    if provider.dice.roll("drop_after_commit"):
        return Dropped()
    return _answer(call, status, body, {})


def _strike_before_work(provider: Provider, call: Call) -> None:
    if provider.dice.roll("rate_limit"):
        raise problems.rate_limited()
    if provider.dice.roll("conflict"):
        raise problems.key_in_use(call.key or "")
    if provider.dice.roll("error_500_before_commit"):
        raise problems.server_error()


def _work(provider: Provider, work: Callable[[], dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    if provider.dice.roll("error_500"):
        return 500, problems.server_error().body
    try:
        body = work()
    except Problem as problem:
        if not problem.is_kept:
            raise
        return problem.status, problem.body
    if provider.dice.roll("error_500_after_commit"):
        return 500, problems.server_error().body
    return 200, body


def _answer(call: Call, status: int, body: dict[str, Any], headers: dict[str, str]) -> Response:
    if call.key is not None:
        headers = {**headers, "Idempotency-Key": call.key}
    return JSONResponse(body, status, headers={**headers, "Request-Id": call.request})


def refuse(problem: Problem, request: str) -> Response:
    """Answer with a refusal that stands under no key."""
    headers = {"Request-Id": request}
    if problem.status == 429:
        headers["Retry-After"] = "1"
    return JSONResponse(problem.body, problem.status, headers=headers)
