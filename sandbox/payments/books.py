"""What the page, the tests and the harness see and do: the ledger, and new charges."""

from json import JSONDecodeError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.payments.provider import Provider
from sandbox.payments.records import charge_body


def routes(provider: Provider) -> list[BaseRoute]:
    async def ledger(request: Request) -> Response:
        return JSONResponse(provider.ledger.rows())

    async def charge(request: Request) -> Response:
        try:
            row = await request.json()
            if row.get("id") in provider.charges:
                return JSONResponse({"error": "there is such a charge already"}, 409)
            made = provider.add_charge(
                amount=int(row["amount"]),
                currency=str(row["currency"]),
                customer=row.get("customer"),
                description=row.get("description"),
                metadata=row.get("metadata"),
                charge_id=row.get("id"),
            )
        except (JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
            return JSONResponse({"error": "`amount` and `currency` are needed"}, 400)
        return JSONResponse(charge_body(made))

    return [
        Route("/sandbox/payments/ledger", ledger, methods=["GET"]),
        Route("/sandbox/payments/charge", charge, methods=["POST"]),
    ]
