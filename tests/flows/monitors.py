"""What Alertmanager and Statuspage send, and how it reaches the bot's door."""

import json
from datetime import datetime, timedelta
from typing import Any

import httpx

from storage.models import Account
from storage.unit_of_work import UnitOfWork
from tests.clock import START
from tests.company import SECRETS, Json
from tests.world import World

TOKEN = SECRETS["MONITOR_TOKEN"]
MONITORED = {
    "payments: {kind": "monitors:\n"
    "  alerts: {kind: alertmanager, secrets: [MONITOR_TOKEN]}\n"
    "  page: {kind: statuspage, secrets: [MONITOR_TOKEN]}\n"
    "payments: {kind"
}
BEGAN = START - timedelta(minutes=7)


def owned(world: World, **products: str) -> None:
    """`owned(world, acc_oak="Sync")`: which products accounts have; the others have none."""

    def set_products(uow: UnitOfWork) -> None:
        for account in uow.session.query(Account):
            name = products.get(account.ref)
            account.products = [{"name": name, "version": "4"}] if name else []

    world.backstop.writer.run(set_products)


def alert(
    ref: str = "c0ffee01",
    status: str = "firing",
    began: datetime = BEGAN,
    ended: datetime | None = None,
    summary: str = "Sync answers slowly",
    **labels: str,
) -> Json:
    told = {"alertname": "SyncSlow", "severity": "critical", "product": "Sync"} | labels
    return {
        "status": status,
        "labels": told,
        "annotations": {"summary": summary},
        "startsAt": began.isoformat(),
        "endsAt": ended.isoformat() if ended else "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example/graph",
        "fingerprint": ref,
    }


def over(ref: str = "c0ffee01", **facts: Any) -> Json:
    return alert(ref, "resolved", ended=START, **facts)


def fire(world: World, *alerts: Json, token: str = TOKEN) -> httpx.Response:
    """One call of Alertmanager, and all that follows."""
    body = {"version": "4", "status": "firing", "receiver": "backstop", "alerts": list(alerts)}
    headers = {"authorization": f"Bearer {token}"}
    answer = world.server.http.post("/hooks/alerts", content=json.dumps(body), headers=headers)
    world.settle()
    return answer


def page(world: World, body: Json, token: str = TOKEN) -> httpx.Response:
    """One call of Statuspage, which knows an address and nothing else."""
    answer = world.server.http.post(f"/hooks/page/{token}", json=body)
    world.settle()
    return answer


def incident(status: str = "investigating", minutes: int = 0, **more: Any) -> Json:
    at = (START + timedelta(minutes=minutes)).isoformat()
    return {
        "meta": {"unsubscribe": "http://page.example/u", "documentation": "http://page.example"},
        "page": {"id": "p1", "status_indicator": "major", "status_description": "Trouble"},
        "incident": {
            "id": "inc1",
            "name": "Sync is down",
            "status": status,
            "impact": "major",
            "created_at": BEGAN.isoformat(),
            "updated_at": at,
            "resolved_at": at if status == "resolved" else None,
            "components": [{"id": "cmp1", "name": "Larkspur Sync", "status": "major_outage"}],
        }
        | more,
    }
