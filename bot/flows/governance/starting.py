"""What policy the bot starts with: on record each time, and asked about where it is looser."""

from bot import events
from bot.administrators import Administrators
from bot.config.policy_held import as_text, digest_of
from bot.governing import Governed
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import PolicyState
from storage.unit_of_work import UnitOfWork


def note(
    event: events.Started,
    uow: UnitOfWork,
    governed: Governed,
    administrators: Administrators,
    publisher: Publisher,
    clock: Clock,
) -> None:
    """The first policy of an installation is the one it starts with. Later what only tightens is in
    force from the start on; what loosens something waits, and its card is put up once."""
    now = clock.now()
    uow.policies.lock()
    agreed, wanted = uow.policies.in_force(), governed.wanted
    digest = digest_of(wanted)
    found = governed.changes_from(agreed)
    waiting = [one for one in found if one.waits]
    uow.record(
        now,
        "policy at start",
        "app.yaml",
        "policy",
        {
            "digest": digest,
            "in_force": agreed.digest if agreed else None,
            "changes": [f"{one.what}: {one.was} > {one.now}" for one in found],
            "waiting": len(waiting),
        },
    )
    asked = uow.policies.asked_for()
    if asked is not None and not (waiting and asked.digest == digest):
        uow.policies.end(PolicyState.ASKED, now)
        publisher.redraw(uow, f"policy-{asked.id}")
        asked = None
    if agreed is not None and agreed.digest == digest:
        return
    if waiting and asked is None:
        made = uow.policies.ask(digest, as_text(wanted), now)
        administrators.show(uow, f"policy-{made.id}")
    elif not waiting:
        made = uow.policies.ask(digest, as_text(wanted), now)
        uow.policies.put_in_force(made.id, "app.yaml", now)
        kind = "policy adopted" if agreed is None else "policy tightened"
        uow.record(now, kind, "app.yaml", f"policy:{made.id}", {"digest": digest})
