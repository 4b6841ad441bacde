"""What app.yaml asks for and cannot have: each problem closes what needs it and nothing else."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from bot.config.agent import AgentSettings
from bot.config.extras import EMBEDDINGS, has_embeddings
from bot.config.policy import Gate
from bot.config.problem import Problem
from bot.config.problems_keys import key_problems
from bot.config.problems_mail import mail_problems
from bot.config.problems_passkeys import passkey_problems
from bot.config.quorum import UNMATCHED, approvers, gate_is_satisfiable
from bot.config.secrets import needed
from bot.config.settings import Settings
from bot.config.team import DECIDING_ROLES
from bot.people import Person

__all__ = ["Problem", "approvers", "closed", "gate_is_satisfiable", "problems"]

_PARTS: Mapping[str, str] = {
    "slack": "everything in Slack",
    "help_desk": "replies to customers and notes in the help desk",
    "intake": "tickets that the help desk sends",
    "payments": "refunds",
    "account_actions": "account changes",
    "step_up": "approvals that take a code",
    "agent_hooks": "what other agents are told of their acts",
    "audit": "signed heads of the audit, outside the database",
    "mail": "approvals by e-mail",
    "agent": "the model: tickets are decided as agent.when_away says",
}
_PRICED = AgentSettings().model
_ACT_NEEDS: Mapping[str, tuple[str, str]] = {
    "refund": ("payments", "payments: {kind: stripe}"),
    "account_change": ("account_actions", "account_actions: {url: https://..., secret: NAME}"),
    "reply": ("help_desk", "help_desk: {kind: zendesk, url: https://..., token: NAME}"),
}


def problems(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    people: Sequence[Person] | None = None,
) -> tuple[Problem, ...]:
    """Return all problems, closing ones first.

    `people` are the current ones, where a directory adds to those of app.yaml.
    """
    staff = settings.people if people is None else people
    found = [
        *_secrets(settings, environ),
        *_slack(settings),
        *_connections(settings),
        *_people(settings, staff),
        *_gates(settings, staff),
        *_agent(settings.agent),
        *_extras(settings),
        *key_problems(settings, environ),
        *mail_problems(settings, staff),
        *passkey_problems(settings),
    ]
    return tuple(sorted(found, key=lambda problem: problem.severity))


def closed(
    settings: Settings,
    environ: Mapping[str, str] = os.environ,
    people: Sequence[Person] | None = None,
) -> frozenset[str]:
    """Return the parts that are closed, named as in `Problem.part`."""
    found = problems(settings, environ, people)
    return frozenset(problem.part for problem in found if problem.severity == "closed")


_TOLD_BY = {"source": "tickets", "monitor": "word of outages", "agent": "what is asked for"}


def _shut(part: str, path: str, wrong: str, closes: str, remedy: str) -> Problem:
    return Problem("closed", part, path, wrong, closes, remedy)


def _note(part: str, path: str, wrong: str, closes: str, remedy: str) -> Problem:
    return Problem("note", part, path, wrong, closes, remedy)


def _secrets(settings: Settings, environ: Mapping[str, str]) -> Iterator[Problem]:
    for named in needed(settings):
        unset = [name for name in named.variables if not environ.get(name, "").strip()]
        kind, _, name = named.part.partition(":")
        closes = _PARTS.get(named.part) or f"{_TOLD_BY[kind]} from {name}"
        if len(unset) == len(named.variables):
            wrong = f"the environment does not set {' or '.join(unset)}"
            yield _shut(named.part, named.path, wrong, closes, f"Set {unset[0]}.")
        elif unset:
            wrong = f"the environment does not set {unset[0]}"
            yield _note(
                named.part,
                named.path,
                wrong,
                "calls signed with it are refused",
                f"Set {unset[0]}.",
            )


def _agent(agent: AgentSettings) -> Iterator[Problem]:
    if agent.playbook_file and not _is_text(Path(agent.playbook_file)):
        path, wrong = "agent.playbook_file", f"{agent.playbook_file} cannot be read from here"
        remedy = "Name a Markdown file in UTF-8 that is there, from where the bot is started."
        if agent.kind == "claude":
            yield _shut("agent", path, wrong, "the bot: it does not start", remedy)
        else:
            yield _note("agent", path, wrong, "nothing, until agent.kind is claude", remedy)
    if agent.kind == "claude" and agent.model != _PRICED and "prices" not in agent.model_fields_set:
        wrong = f"is missing, and the defaults are those of {_PRICED}"
        closes = f"what {agent.model} costs, and when the budget is spent, is counted at those"
        yield _note("agent", "agent.prices", wrong, closes, f"Set what {agent.model} costs.")


def _is_text(file: Path) -> bool:
    try:
        file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return False
    return True


def _extras(settings: Settings) -> Iterator[Problem]:
    if settings.search.embeddings and not has_embeddings():
        closes = "articles are found by their words and by links alone"
        wrong = "its packages are not installed"
        yield _note("search", "search.embeddings", wrong, closes, f"Run: {EMBEDDINGS}")


def _slack(settings: Settings) -> Iterator[Problem]:
    if settings.slack:
        yield from _routes(settings)
        yield from _channels(settings)
    else:
        remedy = "Add slack: {workspace: T...}."
        yield _shut("slack", "slack", "is missing", _PARTS["slack"], remedy)


def _channels(settings: Settings) -> Iterator[Problem]:
    channels = settings.channels
    if channels.approvals is None:
        nowhere = "acts that need an approver: there is nowhere to ask, so they are escalated"
        among = "a channel of approvers: acts wait in the administrators' channel instead"
        closes = among if channels.admin else nowhere
        remedy = "Name a private channel of approvers."
        yield _shut("approvals", "channels.approvals", "is missing", closes, remedy)
    if channels.admin is None:
        closes = "one place for what goes wrong: each administrator is told privately instead"
        yield _shut("administration", "channels.admin", "is missing", closes, "Name a channel.")
    modes = (settings.modes.default, *settings.modes.categories.values())
    if channels.trial is None and "observe" in (*modes, *settings.modes.acts.values()):
        closes = "rehearsed decisions: with mode observe there is nowhere to show them"
        yield _shut("trial", "channels.trial", "is missing", closes, "Name a channel.")
    if channels.knowledge is None:
        path, closes = "channels.knowledge", "gaps go to the administrators"
        yield _note("knowledge", path, "is missing", closes, "Name a channel.")


def _routes(settings: Settings) -> Iterator[Problem]:
    routes, path = settings.channels.escalations, "channels.escalations"
    ends = [route for route in routes if not (route.category or route.tier or route.region)]
    if not ends and settings.channels.admin is None:
        wrong = "has no last entry without conditions, and there is no admin channel"
        closes = "one place for escalations that no entry takes: each administrator is asked"
        yield _shut("escalations", path, wrong, closes, "End with {channel: C...}.")
    elif not ends:
        wrong, closes = "has no last entry without conditions", "the others go to the admin channel"
        yield _note("escalations", path, wrong, closes, "End with {channel: C...}.")
    elif ends[0] is not routes[-1]:
        wrong = "has entries after the one without conditions"
        yield _note("escalations", path, wrong, "nothing goes to those", "Move it to the end.")


def _connections(settings: Settings) -> Iterator[Problem]:
    desk = settings.help_desk
    for key in ("url", "token") if desk.kind != "none" else ():
        if getattr(desk, key) is None:
            path, closes = f"help_desk.{key}", _PARTS["help_desk"]
            yield _shut("help_desk", path, "is missing", closes, f"Add {key}.")
    if desk.kind != "none" and desk.intake == "webhook" and not desk.webhook_secrets:
        path, remedy = "help_desk.webhook_secrets", "Name a variable, or set intake: polling."
        yield _shut("intake", path, "is missing", _PARTS["intake"], remedy)
    if desk.kind == "none" and not settings.sources:
        closes = "no tickets arrive but those made in Slack or imported"
        yield _note("intake", "help_desk", "is missing", closes, "Connect a help desk or a source.")
    for act in sorted(_wanted_acts(settings)):
        part, remedy = _ACT_NEEDS[act]
        if _is_missing(settings, part):
            wrong = f"is missing, yet {act} is allowed by a gate or a mode"
            yield _shut(part, part, wrong, _PARTS[part], f"Add {remedy}.")


def _wanted_acts(settings: Settings) -> set[str]:
    by_gate = {gate.act for gate in settings.gates if gate.grade != "never"}
    by_mode = {act for act, mode in settings.modes.acts.items() if mode != "observe"}
    return {str(act) for act in by_gate | by_mode}


def _is_missing(settings: Settings, part: str) -> bool:
    return {
        "payments": settings.payments.kind == "none",
        "account_actions": settings.account_actions is None,
        "help_desk": settings.help_desk.kind == "none",
    }[part]


def _people(settings: Settings, people: Sequence[Person]) -> Iterator[Problem]:
    listed = {user: one.organisation for one in settings.partners for user in one.people}
    for person in people:
        part, path = f"person:{person.id}", f"people, {person.id}"
        if person.departed:
            wrong = "has an account in Slack that is closed, or no full member’s"
            yield _note(part, path, wrong, f"all {person.name} does", "Name who is there instead.")
        elif not person.has_account:
            wrong, closes = "has no Slack id", f"{person.name} sees and does nothing"
            yield _note(part, path, wrong, closes, "Add slack: U...")
        elif person.organisation and listed.get(person.slack or "") != person.organisation:
            wrong = f"is of {person.organisation}, yet not listed for it under partners"
            remedy = f"Add the Slack id to the people of {person.organisation} under partners."
            yield _shut(part, path, wrong, f"all {person.name} does", remedy)
    yield from _roles(settings, people)


def _roles(settings: Settings, people: Sequence[Person]) -> Iterator[Problem]:
    held = {role for person in people for role in person.roles if person.has_account}
    held |= {role for group in settings.directory.user_groups.values() for role in group.roles}
    if "admin" not in held:
        wrong, remedy = _unheld(("admin",), people)
        closes = "what only administrators may do"
        yield _shut("administration", "people", wrong, closes, remedy)
    able = [one for one in people if one.roles & DECIDING_ROLES and not one.is_partner]
    reached = [one.name for one in able if one.has_account]
    if len(reached) < 2:
        wrong = f"{f'{reached[0]} alone' if reached else 'nobody'} may stop and start effects"
        closes = "starting takes two people, so that nobody could undo a stop"
        remedy = "Give a second person with a Slack id the role lead, admin or approver."
        yield _note("stop", "people", wrong, closes, remedy)
    for index, step in enumerate(settings.escalation.climb):
        if not held.intersection(step.roles):
            wrong, remedy = _unheld(step.roles, people)
            path, closes = f"escalation.climb[{index}]", "this step reaches nobody"
            yield _note("climb", path, wrong, closes, remedy)


def _unheld(roles: Collection[str], people: Sequence[Person]) -> tuple[str, str]:
    """What is wrong where nobody who can be reached has one of the roles, and the remedy."""
    wanted = " or ".join(roles)
    unreached = ", ".join(one.name for one in people if not one.roles.isdisjoint(roles))
    if unreached:
        return f"nobody with a Slack id is {wanted}", f"Add the Slack id of {unreached}."
    return f"nobody is {wanted}", f"Give one person with a Slack id the role {wanted}."


def _gates(settings: Settings, people: Sequence[Person]) -> Iterator[Problem]:
    listed = {partner.organisation for partner in settings.partners}
    for gate in (*settings.gates, UNMATCHED):
        problem = gate_is_satisfiable(gate, people)
        if problem:
            yield problem
        for organisation in gate.partners:
            if organisation not in listed:
                yield _strange(gate, organisation)


def _strange(gate: Gate, organisation: str) -> Problem:
    wrong = f"names {organisation}, which is not under partners"
    closes = f"nobody of {organisation} approves there"
    return _note(f"gate:{gate.name}", f"gates, {gate.name}", wrong, closes, "Correct the name.")
