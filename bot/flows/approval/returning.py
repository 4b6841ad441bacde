"""Neither yes nor no: ask for changes, and have whoever works for the customer answer."""

from bot import acts, approval_events
from bot import approval_commands as commands
from bot.agent_commands import is_anothers
from bot.cards import Answer, Form, Input
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier
from bot.errors import InvalidForm
from bot.flows.approval.flow import check_may_reject
from bot.flows.approval.originals import original
from bot.flows.approval.renewing import Renewing, in_the_way, renew
from bot.flows.approval.revision_form import act_of, proposed_first
from bot.flows.approval.seeing import check_open, check_seen, entitled, shown, shown_to, too_late
from bot.flows.approval.versions import ask_below
from bot.labels import heading
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval
from storage.repositories import Shown
from storage.unit_of_work import UnitOfWork

QUESTION_AT_LEAST, QUESTION_AT_MOST = 3, 500


def open_returning(
    command: commands.OpenReturning,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    settings: Settings,
) -> Answer:
    approval = uow.approvals.get(command.approval)
    check_may_reject(command.by, approval, uow, directory)
    original(command, uow.card_posts.copies(f"approval-{approval.id}"), settings)
    check_seen(command, approval)
    check_open(approval, clock.now(), directory)
    return Form(
        title="Ask for changes",
        submit="Ask",
        action="approval.return",
        args=shown(approval),
        blocks=(
            Input(
                "question",
                "What should be changed, or is not clear?",
                multiline=True,
                max_length=QUESTION_AT_MOST,
                hint="Goes to whoever has the ticket. Until they have answered nobody can approve "
                "this. The customer does not see it.",
            ),
        ),
    )


def give_back(
    command: commands.ReturnApproval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> Answer:
    question = command.question.strip()
    if len(question) < QUESTION_AT_LEAST:
        raise InvalidForm({"question": "Say in a few words what you want to know, or changed."})
    now = clock.now()
    approval = uow.approvals.get(command.approval)
    person = check_may_reject(command.by, approval, uow, directory)
    if not uow.approvals.give_back(approval.id, shown_to(command), now):
        raise too_late(uow.approvals.get(approval.id), directory)
    uow.approvals.ask(approval.id, command.version, question, person.id)
    uow.record(
        now,
        "approval returned",
        person.id,
        f"approval:{approval.id}",
        {
            "version": command.version,
            "question": uow.keyed_hash(approval.customer_id, question),
            **entitled(person, approval.kind),
        },
    )
    publisher.redraw(uow, f"approval-{approval.id}", urgent=0)
    ask_below(approval, uow, publisher)
    is_ours = approval.message_id is None and not is_anothers(approval.requester)
    if settings.agent.kind == "claude" and is_ours:
        uow.emit(approval_events.ChangesWanted(approval.id, command.version), urgent=0)
    else:
        _bring_before(approval, uow, directory, clock, publisher, settings)
    return None


def leave_to_colleague(
    event: approval_events.ChangesLeft,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> None:
    """The agent had no answer."""
    approval = uow.approvals.get(event.approval)
    if approval.is_returned and approval.version == event.version:
        _bring_before(approval, uow, directory, clock, publisher, settings)


def take_anew(
    event: approval_events.ActRevised,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> None:
    """The agent proposes it once more. About anything else, or for more, it is no answer."""
    approval = uow.approvals.get(event.approval)
    if not approval.is_returned or approval.version != event.version:
        return
    decision = uow.escalations.decision(event.decision)
    act, first = act_of(approval), proposed_first(approval, uow)
    try:
        new = acts.parse(approval.kind, decision.acts[0]["args"])
        is_answer = act != new == act.edited(new.typed(), first)
        is_answer = is_answer and in_the_way(new.about, approval, uow) is None
    except ValueError:
        is_answer = False
    if not is_answer:
        uow.emit(approval_events.ChangesLeft(event.approval, event.version))
        return
    change = Renewing(act, new, decision.agent, "", approval.editors, {})
    seen = Shown(approval.version, approval.digest)
    renew(approval, seen, change, uow, directory, clock, publisher, settings)


def _bring_before(
    approval: Approval,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    publisher: Publisher,
    settings: Settings,
) -> None:
    """Whoever has the ticket hears of it, and its card stands where its escalations do: those who
    work there may not be among those who approve."""
    key, ticket = f"approval-{approval.id}", uow.tickets.get(approval.ticket_id)
    facts = dossier(uow, ticket.customer_id, clock.now()).facts
    channel = settings.route(approval.category, facts.tier, facts.region)
    if channel and channel not in {post.channel for post in uow.card_posts.of(key)}:
        publisher.place(uow, key, "slack", channel, urgent=0)
    asked = uow.approvals.versions(approval.id)[-1]
    asker, owner = directory.get(asked.asked_by or ""), directory.get(ticket.owner or "")
    if owner is not None and owner != asker:
        about = f"about {heading(approval)}, and it waits for your answer"
        who = asker.name if asker else "Somebody"
        text = f"{who} asks for changes {about}: “{asked.question}”"
        publisher.tell(uow, owner, text, ticket.id, nameless=f"Somebody asks for changes {about}.")
