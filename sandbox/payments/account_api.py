"""The company's own account service: one signed, idempotent address for every change."""

import hashlib
import hmac
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.payments import problems
from sandbox.payments.execution import Call, execute, refuse
from sandbox.payments.problems import Problem
from sandbox.payments.provider import Provider

SIGNATURE_HEADER = "X-Backstop-Signature"
TOLERANCE_SECONDS = 300
FIELDS = {"account", "change"}


def routes(provider: Provider) -> list[BaseRoute]:
    async def post(request: Request) -> Response:
        return await _guarded(provider, request, _change)

    async def get(request: Request) -> Response:
        return await _guarded(provider, request, _look_up)

    return [
        Route("/accounts/changes", post, methods=["POST"]),
        Route("/accounts/changes", get, methods=["GET"]),
    ]


def sign(secret: str, at: int, signed: bytes) -> str:
    """Return the header value; a GET signs its query string in place of a body."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + signed, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"


async def _guarded(provider: Provider, request: Request, handler: Any) -> Response:
    request_id = provider.new_id("req")
    body = await request.body()
    try:
        signed = body if request.method == "POST" else request.url.query.encode()
        _check_signature(provider, request.headers.get(SIGNATURE_HEADER, ""), signed)
        response: Response = await handler(provider, request, request_id, body)
    except Problem as problem:
        response = refuse(problem, request_id)
    return response


def _check_signature(provider: Provider, header: str, signed: bytes) -> None:
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    stamp = parts.get("t", "")
    if not stamp.isdecimal() or "v1" not in parts:
        raise Problem(401, "The request is not signed.", code="bad_signature")
    expected = sign(provider.account_secret, int(stamp), signed)
    if not hmac.compare_digest(expected.encode(), f"t={stamp},v1={parts['v1']}".encode()):
        raise Problem(401, "The signature does not fit.", code="bad_signature")
    if abs(provider.now() - int(stamp)) > TOLERANCE_SECONDS:
        raise Problem(401, "The signature is too old.", code="stale_timestamp")


async def _change(provider: Provider, request: Request, request_id: str, body: bytes) -> Response:
    key = request.headers.get("idempotency-key", "")
    if not 1 <= len(key) <= 255:
        raise Problem(400, "An Idempotency-Key is needed.", code="idempotency_key_missing")
    wanted = _read(provider, body)

    def work() -> dict[str, Any]:
        row = {"id": provider.new_id("chg"), **wanted, "idempotency_key": key, "status": "done"}
        provider.ledger.write_account_change(row)
        provider.change_account(wanted["account"], wanted["change"])
        return row

    call = Call(request_id, key, json.dumps(wanted, sort_keys=True))
    return await execute(provider, provider.account_keys, call, work)


def _read(provider: Provider, body: bytes) -> dict[str, Any]:
    try:
        wanted = json.loads(body)
    except ValueError:
        raise Problem(400, "The body is not JSON.", code="bad_json") from None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("change"), dict):
        raise Problem(422, "`account` and `change` are needed.", code="missing_field")
    unknown = set(wanted) - FIELDS
    if unknown:
        message = f"Unknown field: {sorted(unknown)[0][:60]}"
        raise Problem(422, message, code="unknown_field")
    account = wanted.get("account")
    if not isinstance(account, str) or not account or not wanted["change"]:
        raise Problem(422, "`account` and `change` are needed.", code="missing_field")
    if provider.accounts is not None and account not in provider.accounts:
        raise Problem(404, f"No such account: {account[:60]}", code="no_such_account")
    return wanted


async def _look_up(provider: Provider, request: Request, request_id: str, _: bytes) -> Response:
    if provider.dice.roll("read_error_500"):
        raise problems.server_error()
    if account := request.query_params.get("account"):
        if provider.accounts is not None and account not in provider.accounts:
            raise Problem(404, f"No such account: {account[:60]}", code="no_such_account")
        now = {"account": account, "values": provider.account_now(account)}
        return JSONResponse(now, headers={"Request-Id": request_id})
    key = request.query_params.get("key", "")
    rows = provider.ledger.rows()["account_changes"]
    found = [row for row in rows if row["idempotency_key"] == key]
    return JSONResponse({"changes": found}, headers={"Request-Id": request_id})
