"""What app.yaml sets up, as lines for people."""

from collections.abc import Iterator, Mapping

from bot.config.keys import written
from bot.config.policy import EscalationRoute, Gate
from bot.config.quorum import approvers
from bot.config.settings import Settings
from bot.money import Money
from bot.people import Person

Line = tuple[str, str]


def summary(settings: Settings, names: Mapping[str, str]) -> Iterator[Line]:
    """Yield a label and a value per thing; `names` are Slack's for ids, as far as asked."""
    company = settings.company
    yield "Company", f"{company.name}, {company.time_zone}, {company.currency}, {company.language}"
    if settings.slack:
        workspace = _named(settings.slack.workspace, names)
        yield "Slack", f"{workspace}, by {settings.slack.delivery}"
    yield from _channels(settings, names)
    for person in settings.people:
        yield f"Person {person.name}", _person(person, names)
    yield from _trust(settings)
    for gate in settings.gates:
        yield f"Gate {gate.name}", _gate(gate, settings)
    desk = settings.help_desk
    yield (
        "Help desk",
        desk.kind if desk.kind == "none" else f"{desk.kind}, {desk.url}, {desk.intake}",
    )
    yield "Payments", settings.payments.kind
    yield "Agent", f"{settings.agent.kind}, playbook {settings.agent.playbook}"
    yield "Database", settings.database
    yield "Server", f"{settings.server.host}:{settings.server.port}"


def _named(id: str, names: Mapping[str, str]) -> str:
    return f"{names[id]} ({id})" if names.get(id) else id


def _channels(settings: Settings, names: Mapping[str, str]) -> Iterator[Line]:
    for route in settings.channels.escalations:
        yield f"Escalations, {_conditions(route)}", _named(route.channel, names)
    for function, channel in settings.channels.handoffs.items():
        yield f"Hand-offs to {function}", _named(channel, names)
    for name in ("approvals", "quality", "knowledge", "reports", "trial", "admin"):
        held = getattr(settings.channels, name)
        if held:
            yield f"Channel {name}", _named(held, names)


def _conditions(route: EscalationRoute) -> str:
    held = [one for one in (route.category, route.tier, route.region) if one]
    return " and ".join(held) or "all others"


def _person(person: Person, names: Mapping[str, str]) -> str:
    said = [", ".join(sorted(person.roles)) or "no role"]
    if person.organisation:
        said.append(f"of {person.organisation}")
    said += [f"{act} up to {limit}" for act, limit in person.limits.items()]
    said.append(_named(person.slack, names) if person.slack else "no Slack id")
    return "; ".join(said)


def _trust(settings: Settings) -> Iterator[Line]:
    modes = settings.modes
    yield "Mode", modes.default
    for name, mode in (*modes.categories.items(), *modes.acts.items()):
        yield f"Mode of {name}", mode


def _gate(gate: Gate, settings: Settings) -> str:
    said: list[str] = [gate.act]
    if gate.up_to is not None and gate.currency:
        said.append(f"up to {Money(gate.up_to, gate.currency)}")
    if gate.tiers:
        said.append(f"tiers {', '.join(gate.tiers)}")
    if gate.refunds_90_days_at_most is not None:
        said.append(f"at most {gate.refunds_90_days_at_most} refunds in 90 days")
    said.append(gate.grade)
    if gate.grade in ("one", "two"):
        able = approvers(gate, settings.people, gate.up_to)
        said.append(f"within {written(gate.expires)}")
        said.append("may approve: " + (", ".join(person.name for person in able) or "nobody"))
    return "; ".join(said)
