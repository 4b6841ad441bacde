"""The stand-in help desk, payment provider and account service, and our adapters to them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette

from bot.handlers.http.intercom import Intercom
from bot.handlers.http.zendesk import Zendesk
from sandbox import helpdesk, payments
from sandbox.helpdesk import Change, HelpDesk
from sandbox.payments import Provider
from tests.sandbox.serving import serving

ACCOUNTS = [{"id": "acc_1", "name": "Marsh Mills", "tier": "enterprise", "region": "eu"}]
CUSTOMERS = [
    {
        "id": "cus_1",
        "account": "acc_1",
        "name": "Ada Marsh",
        "email": "ada@client.example",
        "language": "de",
        "role": "champion",
    }
]
ARTICLES = [
    {"id": f"a{n}", "title": f"Article {n}", "body": f"Do {n}.\n\nThen rest.", "language": "de"}
    for n in range(60)
]
AGENTS = [{"name": "Lee Ortiz", "email": "lee@helpdesk.example"}]
# A machine under load must not look like a help desk that hangs.
PATIENT, IMPATIENT = httpx.Timeout(20), httpx.Timeout(1)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def desk() -> HelpDesk:
    """A help desk with one ticket, 1001, on which nobody has answered yet."""
    desk = HelpDesk(CUSTOMERS, ACCOUNTS, ARTICLES, AGENTS, export_lag=0)
    change = Change(text="It does not work.", tags=["mobile"], priority="high")
    desk.open_ticket(desk.directory.customer("ada@client.example"), "Broken", change)
    return desk


@pytest.fixture
def provider() -> Provider:
    charges = [
        {"id": "ch_1", "customer": "cus_1", "amount": 5000, "currency": "eur"},
        {"id": "ch_2", "customer": "cus_1", "amount": 900, "currency": "eur", "refunded": 900},
    ]
    return Provider(charges, CUSTOMERS, accounts=["acc_1"])


@pytest.fixture
def url(desk: HelpDesk, provider: Provider) -> Iterator[str]:
    routes = [*helpdesk.routes(desk), *payments.routes(provider)]
    with serving(Starlette(routes=routes)) as url:
        yield url


def adapter(
    kind: str,
    url: str,
    clock: WallClock,
    token: str | None = None,
    timeout: httpx.Timeout = PATIENT,
) -> Zendesk | Intercom:
    if kind == "zendesk":
        user = "backstop@helpdesk.example"
        return Zendesk(f"{url}/zendesk", token or "zendesk-token", user, timeout=timeout)
    return Intercom(f"{url}/intercom", token or "intercom-token", clock, timeout=timeout)


@pytest.fixture(params=["zendesk", "intercom"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ours(kind: str, url: str, clock: WallClock) -> Iterator[Zendesk | Intercom]:
    made = adapter(kind, url, clock)
    yield made
    made.close()
