"""A payment provider that keeps its own books, and an account service that does too.

`provider = Provider(charges=[{"id": "ch_1", "customer": "cus_1", "amount": 4900,
"currency": "eur"}])`, then mount `routes(provider)`. The official SDK reaches it with
`stripe.StripeClient(key, base_addresses={"api": f"{url}/stripe"})`.
"""

from starlette.routing import BaseRoute

from sandbox.payments import account_api, books, stripe_api
from sandbox.payments.faults import Faults
from sandbox.payments.provider import Provider

__all__ = ["Faults", "Provider", "routes"]


def routes(provider: Provider) -> list[BaseRoute]:
    """Stripe's API under `/stripe`, `/accounts/changes`, and the books under `/sandbox`."""
    return [
        *stripe_api.routes(provider),
        *account_api.routes(provider),
        *books.routes(provider),
    ]
