"""What app.yaml sets up, as lines for people."""

from collections.abc import Iterator, Mapping

from bot.config.channels import EscalationRoute
from bot.config.keys import written
from bot.config.policy import EscalationSettings, Gate
from bot.config.quorum import approvers, wanted
from bot.config.settings import Partner, Settings
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
    hours = {entry.id: entry.hours for entry in settings.staff if entry.hours}
    for person in settings.people:
        works = f"works {hours.get(person.id, 'at any hour')}, {person.time_zone}"
        yield f"Person {person.name}", f"{_person(person, names)}; {works}"
    for partner in settings.partners:
        yield f"Partner {partner.organisation}", _partner(partner, names)
    yield from _groups(settings, names)
    yield from _trust(settings)
    for gate in settings.gates:
        yield f"Gate {gate.name}", _gate(gate, settings)
    yield "Undo", f"for {written(settings.approvals.grace)} after the last yes"
    if (most := settings.limits.refunds_per_customer_day) is not None:
        yield "Refunds", f"at most {most} per customer and day before one approver is asked"
    yield from _escalation(settings.escalation)
    yield from _outside(settings)
    for name, schedule in settings.schedules.items():
        yield f"Schedule {name}", f"{schedule.command} at {schedule.cron}, {company.time_zone}"
    yield "Remembers", f"what came in for {settings.retention.inbound_days} days"
    yield "Database", settings.database
    server = settings.server
    where = f"{server.host}:{server.port}"
    yield "Server", f"{where}, from outside {server.public_url}" if server.public_url else where


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
    said.append(f"speaks {', '.join(person.languages)}")
    if person.skills:
        said.append(f"skilled in {', '.join(sorted(person.skills))}")
    said.append(_named(person.slack, names) if person.slack else "no Slack id")
    return "; ".join(said)


def _partner(partner: Partner, names: Mapping[str, str]) -> str:
    accounts = ", ".join(partner.accounts) or "none"
    said = [
        f"workspace {partner.workspace}",
        f"people {', '.join(_named(user, names) for user in partner.people)}",
        f"accounts {accounts}",
    ]
    if partner.channel:
        said.append(f"channel {_named(partner.channel, names)}")
    return "; ".join(said)


def _groups(settings: Settings, names: Mapping[str, str]) -> Iterator[Line]:
    for group, gives in settings.directory.user_groups.items():
        given = ", ".join((*gives.roles, *gives.skills)) or "nothing"
        often = written(settings.directory.refresh)
        yield f"User group {_named(group, names)}", f"gives {given}; asked every {often}"


def _trust(settings: Settings) -> Iterator[Line]:
    modes = settings.modes
    yield "Mode", modes.default
    for name, mode in (*modes.categories.items(), *modes.acts.items()):
        yield f"Mode of {name}", mode


def _escalation(escalation: EscalationSettings) -> Iterator[Line]:
    rules = {name: getattr(escalation.rules, name) for name in type(escalation.rules).model_fields}
    on = [f"{name} {_value(value)}".strip() for name, value in rules.items() if value]
    off = [name for name, value in rules.items() if not value]
    yield "Escalated by", ", ".join((*on, f"confidence below {escalation.confidence:g}"))
    if off:
        yield "Not escalated by", ", ".join(off)
    stakes = [*escalation.stakes.regions, *escalation.stakes.products]
    if stakes:
        yield "Counts for more", ", ".join(stakes)
    if escalation.categories:
        yield "Categories of our own", ", ".join(escalation.categories)
    climbs = [f"{', '.join(one.roles)} after {written(one.after)}" for one in escalation.climb]
    yield "Unclaimed, climbs to", "; ".join(climbs) or "nobody"
    waits = (written(escalation.remind_claimed), written(escalation.release_claimed))
    yield "Claimed and quiet", "reminded after {}, released after {}".format(*waits)


def _value(value: object) -> str:
    """What stands behind a rule that counts or names; one that is merely on needs no word."""
    if isinstance(value, bool):
        return ""
    return f"({', '.join(value)})" if isinstance(value, tuple) else str(value)


def _outside(settings: Settings) -> Iterator[Line]:
    desk = settings.help_desk
    how = f"polled every {written(desk.every)}" if desk.intake == "polling" else "by webhook"
    yield "Help desk", desk.kind if desk.kind == "none" else f"{desk.kind}, {desk.url}, {how}"
    for name in settings.sources:
        yield f"Source {name}", f"signed, at /hooks/{name}"
    for name, monitor in settings.monitors.items():
        yield f"Monitor {name}", f"{monitor.kind}, at /hooks/{name}"
    yield "Payments", settings.payments.kind
    changes = settings.account_actions
    yield "Account changes", changes.url if changes else "none"
    model = f", {settings.agent.model}" if settings.agent.kind == "claude" else ""
    yield "Agent", f"{settings.agent.kind}{model}, playbook {settings.agent.playbook}"


def _gate(gate: Gate, settings: Settings) -> str:
    said: list[str] = [gate.act]
    if gate.up_to is not None and gate.currency:
        said.append(f"up to {Money(gate.up_to, gate.currency)}")
    if gate.tiers:
        said.append(f"tiers {', '.join(gate.tiers)}")
    if gate.refunds_90_days_at_most is not None:
        said.append(f"at most {gate.refunds_90_days_at_most} refunds in 90 days")
    said.append(gate.grade if gate.grade != "steps" else wanted(gate.asks))
    if gate.asks:
        able = approvers(gate, settings.people, gate.up_to)
        said.append(f"within {written(gate.expires)}")
        said.append("may approve: " + (", ".join(person.name for person in able) or "nobody"))
    return "; ".join(said)
