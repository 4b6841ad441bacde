"""As much of Stripe's API (v1) as refunding needs, spoken strictly."""

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.payments import forms, problems
from sandbox.payments.execution import Call, execute, refuse
from sandbox.payments.listing import page_of
from sandbox.payments.problems import Problem
from sandbox.payments.provider import Provider
from sandbox.payments.records import charge_body, customer_body, intent_body, refund_body

VERSION = "2026-10-28.acacia"
REASONS = ("duplicate", "fraudulent", "requested_by_customer")
REFUND_FIELDS = (
    "amount",
    "charge",
    "currency",
    "customer",
    "instructions_email",
    "metadata",
    "origin",
    "payment_intent",
    "reason",
    "refund_application_fee",
    "reverse_transfer",
)
CHARGE_FIELDS = ("amount", "capture", "currency", "customer", "description", "metadata", "source")

Handler = Callable[[Request, Provider, str], Awaitable[Response]]
Work = Callable[[], dict[str, Any]]


def routes(provider: Provider) -> list[BaseRoute]:
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/charges", list_charges),
        ("POST", "/charges", create_charge),
        ("GET", "/charges/{id}", get_charge),
        ("GET", "/refunds", list_refunds),
        ("POST", "/refunds", create_refund),
        ("GET", "/refunds/{id}", get_refund),
        ("GET", "/payment_intents/{id}", get_intent),
        ("GET", "/customers/{id}", get_customer),
    ]
    return [
        *(
            Route(f"/stripe/v1{path}", _endpoint(provider, handler), methods=[method])
            for method, path, handler in table
        ),
        Route(
            "/stripe/{rest:path}",
            _endpoint(provider, unknown_url),
            methods=["GET", "POST", "DELETE"],
        ),
    ]


def _endpoint(provider: Provider, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request_id = provider.new_id("req")
        try:
            _check_key(provider, request)
            if request.method == "GET" and provider.dice.roll("read_error_500"):
                raise problems.server_error()
            response = await handler(request, provider, request_id)
        except Problem as problem:
            response = refuse(problem, request_id)
        response.headers["Stripe-Version"] = request.headers.get("stripe-version", VERSION)
        return response

    return endpoint


def _check_key(provider: Provider, request: Request) -> None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            value = ""
    if not value:
        raise Problem(401, "You did not provide an API key.")
    if not hmac.compare_digest(value.encode(), provider.api_key.encode()):
        raise Problem(401, f"Invalid API Key provided: {value[:8]}***")


async def _params(request: Request) -> forms.Params:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("", "application/x-www-form-urlencoded"):
        raise Problem(400, f"Request bodies are form-encoded, not {kind[:60]}.")
    try:
        return forms.parse((await request.body()).decode())
    except UnicodeDecodeError:
        raise Problem(400, "The body is not UTF-8.") from None


def _call(request: Request, request_id: str, params: forms.Params) -> Call:
    key = request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= 255:
        raise Problem(400, "An idempotency key has 1 to 255 characters.", kind="idempotency_error")
    fingerprint = repr((request.method, request.url.path, sorted(params.items(), key=repr)))
    return Call(request_id, key, fingerprint)


async def create_refund(request: Request, provider: Provider, request_id: str) -> Response:
    params = await _params(request)
    call = _call(request, request_id, params)
    work = _refund_work(provider, params, call.key)
    return await execute(provider, provider.keys, call, work)


def _refund_work(provider: Provider, params: forms.Params, key: str | None) -> Work:
    forms.closed(params, REFUND_FIELDS)
    amount = forms.positive(params, "amount")
    metadata = forms.metadata(params)
    reason = forms.text(params, "reason")
    if reason is not None and reason not in REASONS:
        raise Problem(400, f"Invalid reason: must be one of {', '.join(REASONS)}", param="reason")
    intent = forms.text(params, "payment_intent")
    if intent is not None:
        charge = provider.find_intent(intent, "payment_intent")
    else:
        charge = provider.find_charge(forms.required(params, "charge"), "charge")

    def work() -> dict[str, Any]:
        refund = provider.add_refund(charge, amount, reason=reason, metadata=metadata, key=key)
        return refund_body(refund)

    return work


async def create_charge(request: Request, provider: Provider, request_id: str) -> Response:
    params = await _params(request)
    call = _call(request, request_id, params)
    work = _charge_work(provider, params, call.key)
    return await execute(provider, provider.keys, call, work)


def _charge_work(provider: Provider, params: forms.Params, key: str | None) -> Work:
    forms.closed(params, CHARGE_FIELDS)
    forms.required(params, "amount")
    amount = forms.positive(params, "amount") or 0
    currency = forms.required(params, "currency")
    if len(currency) != 3 or not currency.isalpha():
        raise Problem(400, f"Invalid currency: {currency[:20]}", param="currency")
    customer = forms.text(params, "customer")
    if customer is not None and customer not in provider.customers:
        raise problems.missing("customer", customer, "customer")
    if customer is None and forms.text(params, "source") is None:
        raise Problem(400, "Must provide source or customer.", code="parameter_missing")
    metadata = forms.metadata(params)

    def work() -> dict[str, Any]:
        charge = provider.add_charge(
            amount=amount,
            currency=currency,
            customer=customer,
            description=forms.text(params, "description"),
            metadata=metadata,
            key=key,
        )
        return charge_body(charge)

    return work


async def get_charge(request: Request, provider: Provider, request_id: str) -> Response:
    return _found(charge_body(provider.find_charge(request.path_params["id"])), request_id)


async def get_intent(request: Request, provider: Provider, request_id: str) -> Response:
    return _found(intent_body(provider.find_intent(request.path_params["id"])), request_id)


async def get_refund(request: Request, provider: Provider, request_id: str) -> Response:
    wanted = request.path_params["id"]
    if wanted not in provider.refunds:
        raise problems.missing("refund", wanted)
    return _found(refund_body(provider.refunds[wanted]), request_id)


async def get_customer(request: Request, provider: Provider, request_id: str) -> Response:
    wanted = request.path_params["id"]
    if wanted not in provider.customers:
        raise problems.missing("customer", wanted)
    return _found(customer_body(provider.customers[wanted]), request_id)


async def list_charges(request: Request, provider: Provider, request_id: str) -> Response:
    params = forms.parse(request.url.query)
    customer, intent = forms.text(params, "customer"), forms.text(params, "payment_intent")
    rows = [
        charge_body(charge)
        for charge in provider.charges.values()
        if customer in (None, charge.customer) and intent in (None, charge.payment_intent)
    ]
    return _found(page_of(rows, params, "/v1/charges", "charge"), request_id)


async def list_refunds(request: Request, provider: Provider, request_id: str) -> Response:
    params = forms.parse(request.url.query)
    charge, intent = forms.text(params, "charge"), forms.text(params, "payment_intent")
    if charge is not None:
        looked_at = provider.find_charge(charge, "charge")
        looked_at.looks.append(provider.now())
        refunds = looked_at.refunds
    else:
        refunds = list(provider.refunds.values())
    rows = [refund_body(row) for row in refunds if intent in (None, row.payment_intent)]
    return _found(page_of(rows, params, "/v1/refunds", "refund"), request_id)


async def unknown_url(request: Request, provider: Provider, request_id: str) -> Response:
    where = f"{request.method}: {request.url.path}"
    raise Problem(404, f"Unrecognized request URL ({where}).")


def _found(body: dict[str, Any], request_id: str) -> Response:
    return JSONResponse(body, headers={"Request-Id": request_id})
