"""`backstop erase` after everything has happened to a customer that can: no word is left."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text

from storage import audit
from storage.engine import is_sqlite, snapshot
from storage.models import (
    Approval,
    ApprovalState,
    Customer,
    Delivery,
    Effect,
    EffectState,
    Gap,
    Message,
)
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import ADMIN, ANA, APPROVALS, ESCALATIONS, LEA, MAX
from tests.flows.scenes import HUMAN, REFUND, refund_asked, reply
from tests.flows.screen import card, fill, messages, thread
from tests.world import World

# Whatever carries the mark was written by the customer, or about what they wrote.
MARK = "zqx"
PERSONAL = (MARK, "Joy Abara", "joy@oak.example")


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def everything_happens(world: World) -> None:
    """A life of tickets through the real flows, and traces that failures leave."""
    ticket = world.write("joy", f"{HUMAN} My {MARK}child waits.", f"The {MARK}rota prints blank")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    reply(world, card(world, ANA, ESCALATIONS), f"Dear Joy, about your {MARK}child: tomorrow.")
    world.write("joy", f"Thank you, my {MARK}friend.", ticket=ticket)
    for reason in (f"Their {MARK}story does not add up", None):
        _, seen = refund_asked(world, words=f"{REFUND} I was {MARK}ill.")
        if reason is None:
            seen.press("Approve", by=LEA)
        else:
            view = seen.press("Reject", by=MAX)["view"]
            assert fill(world, MAX, view, reason=reason)["ok"]
    new_address = f"Please change the billing email to {MARK}new@oak.example"
    world.write("joy", new_address, "Billing email")
    card(world, LEA, APPROVALS).press("Approve", by=LEA)
    world.write("joy", f"How do I export the roster as a CSV file, {MARK}?", f"Export {MARK}")
    world.backstop.writer.run(lambda uow: leave_traces(world, uow))


def leave_traces(world: World, uow: UnitOfWork) -> None:
    [customer] = uow.customers.find("joy@oak.example")
    audit.keyed_hash(uow.session, customer.id, "anything")
    now = world.clock.now()
    uow.articles.add_gap(
        Gap(question=f"{MARK}?", asked_by="ana", customer_id=customer.id, created_at=now)
    )
    effect = uow.session.scalars(select(Effect)).first()
    assert effect is not None
    uow.session.add(
        Delivery(
            lane="effects",
            step="effect",
            event="EffectReady",
            payload={"effect": effect.id},
            state="dead",
            error=f"ValueError: {MARK}",
            due=now,
            created_at=now,
        )
    )


def erase_in_time(world: World, shell: Shell) -> str:
    """The command lives in real time, to which the world's clock is set."""
    told = shell.run("erase", "joy@oak.example", "--yes")
    world.clock.set(max(world.clock.now(), datetime.now(UTC)))
    world.settle()
    return told


def words_left(world: World) -> list[str]:
    """Table and column of every place that still holds a personal word."""
    engine = world.backstop.engine
    found = []
    with snapshot(engine) as connection:
        tables = inspect(connection).get_table_names()
        for table in tables:
            for row in connection.execute(select(text("*")).select_from(text(table))).mappings():
                found += [f"{table}.{name}" for name, value in row.items() if is_personal(value)]
    return sorted(set(found))


def is_personal(value: Any) -> bool:
    told = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return any(word.casefold() in told.casefold() for word in PERSONAL)


def chain(connection: Connection) -> list[Any]:
    return list(connection.exec_driver_sql("SELECT * FROM audit ORDER BY seq"))


def decided(uow: UnitOfWork) -> list[Any]:
    rows = select(Approval.id, Approval.amount, Approval.state, Approval.decided_by)
    return [tuple(row) for row in uow.session.execute(rows.order_by(Approval.id))]


def shown_words(world: World) -> str:
    """All that stands in the channels where this customer was spoken of."""
    seen = [
        one
        for channel in (ESCALATIONS, APPROVALS, ADMIN)
        for top in messages(world, LEA, channel)
        for one in (top, *thread(world, LEA, top))
    ]
    return "\n".join(f"{one.text}\n{one.fallback}" for one in seen)


def test_after_an_erasure_no_word_is_left_anywhere(world: World, shell: Shell) -> None:
    """
    Not in any column of any table, not in the file, not on any card; the chain stays whole, and
    so does who decided on which amount.
    """
    everything_happens(world)
    before = words_left(world)
    with world.looking() as uow:
        acts = decided(uow)
        entries = chain(uow.session.connection())

    told = erase_in_time(world, shell)

    assert shell.code == 0, told
    # The rehearsal was worth something only if words stood in all these places.
    assert {column.split(".")[0] for column in before} >= {
        "approvals",
        "customer_texts",
        "decisions",
        "deliveries",
        "effects",
        "escalations",
        "gaps",
        "messages",
        "ticket_texts",
    }
    assert words_left(world) == []
    assert not is_personal(shown_words(world))
    engine = world.backstop.engine
    if is_sqlite(engine):
        file = Path(engine.url.database or "")
        held = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert [word for word in PERSONAL if word.encode() in held] == []
    with snapshot(engine) as connection:
        assert audit.verify(connection) > len(entries)
        assert chain(connection)[: len(entries)] == entries
    with world.looking() as uow:
        assert decided(uow) == acts
        customer = uow.customers.by_ref("import", "cus_joy")
        assert customer is not None and customer.erased_at is not None
        subject = f"customer:{customer.id}"
    assert "customer erased" in shell.run("audit", "show", "--subject", subject)


def test_others_keep_their_words(world: World, shell: Shell) -> None:
    """
    Erasing one customer takes nothing from another.
    """
    world.write("joy", f"{HUMAN} {MARK}", "The rota")
    world.write("eve", f"{HUMAN} A {MARK}word of Eve's.", "La rota")

    shell.run("erase", "joy@oak.example", "--yes")

    with world.looking() as uow:
        [eve] = uow.customers.find("eve@seine.example")
        text = uow.customers.text(eve.id)
        assert text is not None and text.name == "Eve Petit"
    assert "messages.body" in words_left(world)


def test_what_is_pending_is_in_the_way(world: World, shell: Shell) -> None:
    """
    Nobody could decide on what cannot be read; the command says what to do, and does nothing.
    """
    _, seen = refund_asked(world, words=f"{REFUND} I was {MARK}ill.")

    told = shell.run("erase", "joy@oak.example", "--yes")

    assert shell.code == 1
    assert "is pending: decide it, or let it expire." in told
    assert "messages.body" in words_left(world)
    seen.press("Approve", by=LEA)
    shell.run("erase", "joy@oak.example", "--yes")
    assert (shell.code, words_left(world)) == (0, [])


@pytest.mark.parametrize("state", [EffectState.READY, EffectState.CALLING])
def test_an_effect_that_is_out_is_in_the_way(
    world: World, shell: Shell, state: EffectState
) -> None:
    """
    What was sent could not be found again without its words.
    """
    world.write("joy", HUMAN, "The rota")

    def stop_halfway(uow: UnitOfWork) -> None:
        effect = uow.session.scalars(select(Effect)).first()
        assert effect is not None
        effect.state = state

    world.backstop.writer.run(stop_halfway)

    assert "is on its way" in shell.run("erase", "joy@oak.example", "--yes")
    assert shell.code == 1


def test_a_number_of_two_customers_erases_neither(world: World, shell: Shell) -> None:
    """
    Our id of one may be the help desk's of another: then it takes the source.
    """

    def add(uow: UnitOfWork) -> int:
        [joy] = uow.customers.find("joy@oak.example")
        other = Customer(source="zendesk", ref=str(joy.id), created_at=world.clock.now())
        uow.customers.add(other, "Somebody Else", "else@oak.example")
        return joy.id

    joy = world.backstop.writer.run(add)

    assert "Say which" in shell.run("erase", str(joy), "--yes")
    assert shell.code == 1
    assert "Somebody Else" in shell.run("erase", f"zendesk:{joy}", "--yes")
    with world.looking() as uow:
        assert uow.customers.text(joy) is not None
        assert uow.customers.by_email("else@oak.example") is None


def test_without_a_yes_nothing_is_erased(world: World, shell: Shell) -> None:
    """
    Who it would be is shown first.
    """
    told = shell.run("erase", "joy@oak.example", answer="n\n")

    assert "Joy Abara" in told
    assert shell.code == 1
    with world.looking() as uow:
        assert uow.customers.by_email("joy@oak.example") is not None


def test_erasing_again_does_no_harm(world: World, shell: Shell) -> None:
    """
    And nobody unknown is erased.
    """
    world.write("joy", HUMAN, "The rota")
    with world.looking() as uow:
        [joy] = uow.customers.find("joy@oak.example")
    for _ in range(2):
        shell.run("erase", f"customer:{joy.id}", "--yes")
        assert shell.code == 0
    assert "There is no customer" in shell.run("erase", "joy@oak.example", "--yes")
    with world.looking() as uow:
        states = {one.state for one in uow.session.scalars(select(Approval))}
    assert ApprovalState.PENDING not in states


def test_what_the_help_desk_tells_again_stays_erased(world: World, shell: Shell) -> None:
    """
    Only what the customer writes afterwards is heard.
    """
    ticket = world.write("joy", f"{HUMAN} {MARK}", "The rota")
    erase_in_time(world, shell)

    world.work_in_desk(ticket, tags=["looked-at"])
    assert words_left(world) == []

    world.clock.advance(minutes=1)
    world.write("joy", "Hello again", ticket=ticket)
    with world.looking() as uow:
        assert [one.body for one in uow.session.scalars(select(Message))] == ["Hello again"]


def test_every_column_of_words_is_accounted_for(world: World) -> None:
    """
    A new column of text is either emptied by an erasure or known to hold nobody's words.
    """
    with snapshot(world.backstop.engine) as connection:
        told = inspect(connection)
        columns = {
            f"{table}.{column['name']}"
            for table in told.get_table_names()
            if "article_index" not in table
            for column in told.get_columns(table)
            if str(column["type"]).startswith(("VARCHAR", "JSON", "TEXT"))
        }

    assert columns == EMPTIED | {
        f"{table}.{name}" for table, names in WORDLESS.items() for name in names.split()
    }


EMPTIED = {
    "approval_votes.digest",
    "approvals.digest",
    "approvals.payload",
    "approvals.reason",
    "customer_keys.key",
    "customer_texts.email",
    "customer_texts.name",
    "customer_texts.phone",
    "decisions.acts",
    "decisions.reasons",
    "decisions.signals",
    "decisions.stakes",
    "deliveries.error",
    "effects.payload",
    "escalations.reasons",
    "gaps.question",
    "messages.body",
    "ticket_texts.subject",
    "ticket_texts.summary",
}
# Ids, names of our own people and rules, states, digests, companies, and what is public anyway.
WORDLESS = {
    "account_moments": "kind label",
    "accounts": "name products ref region tier yearly_currency",
    "alembic_version": "version_num",
    "approval_votes": "choice person",
    "approvals": "currency decided_by gate grade kind partners requester roles state",
    "articles": "body language products ref reviewed_on summary title",
    "audit": "actor at data hash kind previous subject",
    "audit_head": "hash",
    "card_posts": "card_key channel marker message place shown state surface via",
    "customers": "language payment_ref ref role source",
    "decisions": "agent category cites decision mode playbook rule",
    "deliveries": "event key lane owner payload state step",
    "effects": "authority key kind receipt state trouble",
    "escalations": "owner resolved_by rule state",
    "gaps": "asked_by",
    "inbound": "answer event_id source",
    "messages": "author person ref",
    "switches": "lift_asked_by name stopped_by",
    "tickets": "category channel language owner ref source status tags",
}
