"""`backstop erase` after everything has happened to a customer that can: no word is left."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select

from storage import audit
from storage.engine import is_sqlite, snapshot
from storage.models import (
    Approval,
    Gap,
    Message,
)
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import ANA, BEN, KNOWLEDGE, MAX
from tests.flows.scenes import HUMAN, refund_asked
from tests.flows.screen import messages
from tests.flows.test_asking import ask
from tests.flows.test_consent_again import LEA_MAY
from tests.flows.traces import (
    MARK,
    PERSONAL,
    erase_in_time,
    everything_happens,
    is_personal,
    shown_words,
    words_left,
)
from tests.world import World


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    url = world.backstop.engine.url.render_as_string(hide_password=False)
    return Shell(tmp_path, {"BACKSTOP_DATABASE_URL": url, "COLUMNS": "200"})


def chain(connection: Connection) -> list[Any]:
    return list(connection.exec_driver_sql("SELECT * FROM audit ORDER BY seq"))


def decided(uow: UnitOfWork) -> list[Any]:
    rows = select(Approval.id, Approval.amount, Approval.state, Approval.decided_by)
    return [tuple(row) for row in uow.session.execute(rows.order_by(Approval.id))]


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
        "article_versions",
        "articles",
        "gaps",
        "messages",
        "ticket_index" if not is_sqlite(world.backstop.engine) else "ticket_index_content",
        "mirrors",
        "questions",
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


@pytest.mark.parametrize(
    "question",
    ["Why can JOY@oak.example not sign in?", "What do we do for Joy Abara's roster?"],
)
def test_a_colleagues_question_that_names_them_goes_too(
    world: World, shell: Shell, question: str
) -> None:
    """Law: nobody is found by their name in what was reported as a gap; other gaps stay."""
    world.write("joy", HUMAN, "The rota")
    for asked in (question, "Why do llamas hum?"):
        ask(world, ANA, "/kb", asked).press("Report the gap")
    erase_in_time(world, shell)
    with world.looking() as uow:
        assert list(uow.session.scalars(select(Gap.question).order_by(Gap.id))) == [
            "",
            "Why do llamas hum?",
        ]
    shown = " ".join(one.text for one in messages(world, BEN, KNOWLEDGE))
    assert "llamas" in shown and "oak" not in shown and "Abara" not in shown


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


@pytest.mark.app_yaml({LEA_MAY: f"{LEA_MAY}, email: joy@oak.example"})
def test_a_colleague_who_was_the_customer_is_not_named_as_who_asked(
    world: World, shell: Shell
) -> None:
    """
    That somebody of ours wrote in is personal too; it kept them from deciding about it.
    """
    _, seen = refund_asked(world)
    seen.press("Approve", by=MAX)
    with world.looking() as uow:
        assert list(uow.session.scalars(select(Approval.requester))) == ["lea"]

    erase_in_time(world, shell)

    with world.looking() as uow:
        assert list(uow.session.scalars(select(Approval.requester))) == [""]


def test_every_column_of_words_is_accounted_for(world: World) -> None:
    """
    A new column of text is either emptied by an erasure or known to hold nobody's words.
    """
    with snapshot(world.backstop.engine) as connection:
        told = inspect(connection)
        columns = {
            f"{table}.{column['name']}"
            for table in told.get_table_names()
            if not table.startswith(("article_index", "ticket_index"))
            for column in told.get_columns(table)
            if str(column["type"]).startswith(("VARCHAR", "JSON", "TEXT"))
        }

    assert columns == EMPTIED | {
        f"{table}.{name}" for table, names in WORDLESS.items() for name in names.split()
    }


EMPTIED = {
    "approval_comments.body",
    "approval_versions.digest",
    "approval_versions.note",
    "approval_versions.payload",
    "approval_versions.question",
    "approval_votes.digest",
    "approvals.about",
    "approvals.digest",
    "approvals.payload",
    "approvals.reason",
    "approvals.requester",
    "article_versions.body",
    "article_versions.facts",
    "article_versions.note",
    "article_versions.reason",
    "article_versions.title",
    "customer_keys.key",
    "customer_texts.email",
    "customer_texts.name",
    "customer_texts.phone",
    "decision_texts.seen",
    "decision_texts.steps",
    "decisions.acts",
    "decisions.reasons",
    "decisions.stakes",
    "deliveries.error",
    "effects.payload",
    "escalations.reasons",
    "gaps.question",
    "mail_links.digest",
    "messages.body",
    "messages.translation",
    "mirrors.theirs",
    "questions.text",
    "ticket_texts.subject",
    "ticket_texts.summary",
}
# Ids, names of our own people and rules, states, digests, companies, and what is public anyway.
WORDLESS = {
    "absences": "delegate person",
    "account_moments": "kind label",
    "accounts": "handoffs name products ref region tier yearly_currency",
    "alembic_version": "version_num",
    "approval_comments": "person",
    "approval_versions": "asked_by by",
    "approval_votes": "choice person proof",
    "approvals": "asked basis beside category currency decided_by editors gate grade kind partners "
    "roles state steps",
    "article_uses": "about by kind",
    "article_versions": "author decided_by digest state",
    "articles": "audience body category language owner playbook products readers ref releases "
    "reviewed_on stale state summary title url",
    "audit": "actor at data hash kind previous subject",
    "audit_head": "hash",
    "authenticators": "decided_by kind person sealed state",
    "canaries": "state",
    "card_posts": "card_key channel marker message place shown state surface via",
    "customers": "language payment_ref ref role source",
    "decisions": "agent category cites decision found mode model note playbook prompt rule "
    "settings",
    "deliveries": "event key lane owner payload state step",
    "departures": "person",
    "effects": "authority certainty key kind receipt state trouble",
    "escalations": "owner resolved_by rule state",
    "gaps": "asked_by category claimed_by currency state",
    "inbound": "answer event_id source",
    "likenesses": "decided_by kind passages",
    "links": "by",
    "mail_links": "person token_hash",
    "marks": "name",
    "policies": "agreed decided_by digest document state",
    "promises": "source owner state",
    "messages": "author person ref",
    "meanings": "digest model",
    "mirrors": "desk digest ref state trouble",
    "questions": "asked_by channel shown surface thread",
    "releases": "product version",
    "signals": "name products ref region severity source",
    "standings": "standing surface user_id workspace",
    "switches": "lift_asked_by name stopped_by",
    "tickets": "assignee category channel desk_owner desk_priority language owner ref requester "
    "source status tags",
    "turns": "person",
}
