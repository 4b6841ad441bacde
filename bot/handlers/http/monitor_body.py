"""What Alertmanager and Statuspage tell: troubles that begin, go on and end.

Alertmanager sends all alerts of a group, each with a fingerprint that stays while it fires; its
`product` (else `service`), `region` and `severity` are labels. Statuspage sends an incident with
its components, or one component that changed. What is planned, or merely worth knowing, is no
trouble.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.handlers.http.json_body import ident, inner, moment, objects, words
from bot.handlers.http.received import Ignored, Outcome, Signalled, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import StatusSignal

_LONGEST = 200
_HARMLESS = frozenset(["none", "info", "informational"])
_SEVERITIES = MappingProxyType(
    {
        "minor": "minor",
        "major": "major",
        "critical": "critical",
        "degraded_performance": "minor",
        "partial_outage": "major",
        "major_outage": "critical",
    }
)
_OVER = frozenset(["resolved", "postmortem", "completed"])
_PLANNED = frozenset(["scheduled", "in_progress", "verifying"])


def read_alerts(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    alerts = objects(body, "alerts")
    if not alerts:
        return Unreadable("no alerts")
    told = [_alert(alert, now) for alert in alerts]
    signals = tuple(signal for signal in told if signal is not None)
    if signals:
        # What still fires is told again in the same words, and that it was told again counts.
        is_bare = signed.at is None
        event = f"{signed.identity}:{now:%Y-%m-%dT%H}" if is_bare else signed.identity
        return Signalled(source, event, signals)
    return Ignored("nothing is in trouble")


def _alert(alert: Mapping[str, Any], now: datetime) -> StatusSignal | None:
    """None for what only wants to be known, or names neither itself nor its beginning."""
    labels, ref = inner(alert, "labels"), ident(alert.get("fingerprint"))
    started, severity = moment(alert.get("startsAt")), _line(labels.get("severity")).lower()
    if not ref or started is None or severity in _HARMLESS:
        return None
    is_over = words(alert.get("status")) == "resolved"
    summary = _line(inner(alert, "annotations").get("summary"))
    product = _line(labels.get("product")) or _line(labels.get("service"))
    return StatusSignal(
        ref=ref,
        name=summary or _line(labels.get("alertname")) or "Trouble without a name",
        products=(product,) if product else (),
        region=_line(labels.get("region")),
        severity=severity or "unknown",
        started=started,
        # Alertmanager says what is, and not since when it knows.
        told=now,
        ended=(moment(alert.get("endsAt")) or now) if is_over else None,
    )


def read_status(source: str, body: Mapping[str, Any], signed: Signed, now: datetime) -> Outcome:
    if incident := inner(body, "incident"):
        signal = _incident(incident, now)
    elif inner(body, "component_update"):
        signal = _component(body, now)
    else:
        return Unreadable("neither an incident nor a component")
    if isinstance(signal, StatusSignal):
        return Signalled(source, signed.identity, (signal,))
    return signal


def _incident(incident: Mapping[str, Any], now: datetime) -> StatusSignal | Ignored | Unreadable:
    ref, status = ident(incident.get("id")), words(incident.get("status"))
    started = moment(incident.get("started_at")) or moment(incident.get("created_at"))
    if not ref or started is None:
        return Unreadable("incident: id or created_at is missing")
    impact = words(incident.get("impact"))
    is_over = status in _OVER
    if status in _PLANNED or (impact not in _SEVERITIES and not is_over):
        return Ignored("planned, or without impact")
    names = (_line(component.get("name")) for component in objects(incident, "components"))
    told = moment(incident.get("resolved_at")) or moment(incident.get("updated_at")) or now
    return StatusSignal(
        ref=ref,
        name=_line(incident.get("name")) or "Incident without a name",
        products=tuple(dict.fromkeys(name for name in names if name)),
        region="",
        severity=_SEVERITIES.get(impact, "unknown"),
        started=started,
        told=told,
        ended=told if is_over else None,
    )


def _component(body: Mapping[str, Any], now: datetime) -> StatusSignal | Ignored | Unreadable:
    update, component = inner(body, "component_update"), inner(body, "component")
    ref = ident(component.get("id")) or ident(update.get("component_id"))
    status, at = words(update.get("new_status")), moment(update.get("created_at")) or now
    name = _line(component.get("name"))
    if not ref or not name:
        return Unreadable("component: id or name is missing")
    is_over = status == "operational"
    if not is_over and status not in _SEVERITIES:
        return Ignored("planned, or without impact")
    return StatusSignal(
        ref=f"component:{ref}",
        name=f"{name}: {status.replace('_', ' ')}",
        products=(name,),
        region="",
        severity=_SEVERITIES.get(status, "unknown"),
        started=at,
        told=at,
        ended=at if is_over else None,
    )


def _line(value: object) -> str:
    return " ".join(words(value).split())[:_LONGEST]


Reader = Callable[[str, Mapping[str, Any], Signed, datetime], Outcome]
READERS: Mapping[str, Reader] = {"alertmanager": read_alerts, "statuspage": read_status}
