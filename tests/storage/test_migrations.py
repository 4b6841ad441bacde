"""Every earlier version of the schema can be brought up, with what is in it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pytest import FixtureRequest
from sqlalchemy import inspect

from storage import audit
from storage.engine import Engine, open_engine, snapshot
from storage.models import Approval, Base, Delivery
from storage.schema import migrate, revisions
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_customer, a_ticket

# What a database of that version can hold already; ids and texts are looked for afterwards.
ROWS = {
    "0001": (
        "INSERT INTO accounts (id, ref, name, tier, region, products) "
        "VALUES (7, 'acc_7', 'Marsh Mills', 'enterprise', 'eu', '[]')",
        "INSERT INTO customers (id, source, ref, account_id, role, language, created_at) "
        "VALUES (7, 'import', 'cus_7', 7, 'user', 'de', '2026-01-02 03:04:05.000000')",
        "INSERT INTO customer_texts (customer_id, name, email, phone) "
        "VALUES (7, 'Ada Marsh', 'ada@client.example', '')",
        "INSERT INTO tickets (id, source, ref, customer_id, status, channel, language, category, "
        "priority, tags, created_at, desk_updated_at) VALUES (7, 'zendesk', 't-7', 7, 'open', "
        "'email', 'de', '', 0, '[]', '2026-01-02 03:04:05.000000', '2026-01-02 03:04:05.000000')",
    ),
    "0002": (
        "INSERT INTO approvals (id, kind, payload, digest, ticket_id, customer_id, requester, "
        "grade, gate, roles, partners, needed, granted, amount, currency, state, expires_at, "
        "created_at) VALUES (7, 'refund', '{}', 'd', 7, 7, 'offline', 'one', 'refunds', '[]', "
        "'[]', 1, 0, 2000, 'EUR', 'pending', '2026-01-02 07:04:05.000000', "
        "'2026-01-02 03:04:05.000000')",
    ),
    "0003": (
        "INSERT INTO deliveries (id, lane, step, event, payload, urgent, due, state, attempts, "
        "held, created_at) VALUES (7, 'posts', 'show card', 'CardChanged', '{\"post\":1}', 1, "
        "'2026-01-02 03:04:05.000000', 'waiting', 0, 0, '2026-01-02 03:04:05.000000')",
    ),
    "0004": (
        "INSERT INTO articles (id, ref, title, summary, body, language, products, public, "
        "reviewed_on) VALUES (7, 'a7', 'Reset a password', '', 'Press reset.', 'en', '[]', true, "
        "'')",
    ),
    "0005": ("INSERT INTO marks (name, at) VALUES ('poll:zendesk', '2026-01-02 03:04:05.000000')",),
    "0006": (),
    "0007": (),
    "0008": (),
    "0009": (),
    "0010": (),
    "0011": (),
    "0012": (
        "INSERT INTO decisions (id, ticket_id, decision, mode, category, severity, impact, "
        "priority, sentiment, confidence, rule, reasons, stakes, cites, found, acts, agent, "
        "playbook, created_at, input_tokens, output_tokens, cost) VALUES (7, 7, 'answer', 'live', "
        "'other', 1, 1, 4, 0, 0.9, 'answered', '[]', '[]', '[]', '[]', '[]', 'claude', '1', "
        "'2026-01-02 03:04:05.000000', 300, 20, 5)",
    ),
    "0013": (
        "INSERT INTO promises (ticket_id, customer_id, message_id, source, due, state, created_at) "
        "VALUES (7, 7, 0, 'reply', '2026-01-02 07:04:05.000000', 'open', "
        "'2026-01-02 03:04:05.000000')",
    ),
    "0014": (
        "INSERT INTO articles (id, ref, title, summary, body, language, products, audience, state, "
        "reviewed_on) VALUES (7, 'a7', 'Reset a password', '', 'Press reset.', 'en', '[]', "
        "'public', 'published', '')",
    ),
    "0015": (),
    "0016": (),
    "0017": (),
    "0018": (),
    "0019": (),
    "0020": (),
    "0021": (),
    "0022": (),
    "0023": (),
    "0024": (),
    "0025": (),
    "0026": (),
    "0027": (),
    "0028": (),
    "0029": (),
    "0030": (),
    "0031": (),
}
# From this version on the same is stored in other columns.
UNTIL = {"0004": "0014"}


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'bare.db'}")
        yield engine
        engine.dispose()
        return
    with request.getfixturevalue("postgres").empty() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def is_index(table: str) -> bool:
    return table.startswith(("article_index", "ticket_index"))


def fill(engine: Engine, upto: str) -> None:
    with engine.begin() as connection:
        for revision, statements in ROWS.items():
            if revision <= upto < UNTIL.get(revision, "9999"):
                for statement in statements:
                    connection.exec_driver_sql(statement)


@pytest.mark.parametrize("version", revisions())
def test_every_version_comes_up_with_its_rows(bare: Engine, version: str) -> None:
    """
    Nothing that an earlier version stored is lost, and today's code reads it.
    """
    migrate(bare, to=version)
    fill(bare, version)

    migrate(bare)

    with UnitOfWork(bare) as uow:
        ticket = uow.tickets.by_ref("zendesk", "t-7")
        found = uow.customers.by_email("ada@client.example")
        assert ticket is not None and found is not None
        assert found.id == ticket.customer_id
        assert (uow.session.get(Approval, 7) is not None) is (version >= "0002")
        assert (uow.session.get(Delivery, 7) is not None) is (version >= "0003")
        assert (uow.articles.by_ref("a7") is not None) is (version >= "0004")
        assert (uow.marks.get("poll:zendesk") is not None) is (version >= "0005")
        # A decision from before calls were kept counts as one.
        assert uow.spendings.calls_on(7).calls == ("0012" <= version < "0017")
        a_ticket(uow, a_customer(uow, "new", "new@client.example"), "new")
        uow.record(NOW, "noted", "test", "test:1", {})
        uow.commit()
    with snapshot(bare) as connection:
        assert audit.verify(connection) == 1


def test_rows_are_known_for_every_version() -> None:
    """
    A new version brings rows of its own to this test.
    """
    assert list(ROWS) == revisions()


def test_models_are_what_migrations_made(engine: Engine) -> None:
    """
    Nobody changed a model and forgot its migration, or the other way round.
    """
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, parents: (
                    not (kind == "table" and is_index(str(name)))
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_every_table_that_holds_words_is_known(engine: Engine) -> None:
    """
    The search indexes are the only tables beside the models and the version.
    """
    made = {name for name in inspect(engine).get_table_names() if not is_index(name)}

    assert made == {*Base.metadata.tables, "alembic_version"}


def test_processes_that_start_at_once_migrate_once(bare: Engine) -> None:
    """
    The others wait, and find nothing left to do.
    """
    url = bare.url.render_as_string(hide_password=False)
    engines = [open_engine(url) for _ in range(3)]
    failures: list[BaseException] = []

    def start(engine: Engine) -> None:
        try:
            migrate(engine)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for engine in engines:
        engine.dispose()

    assert failures == []
    with UnitOfWork(bare) as uow:
        assert Search(uow.session).articles("password") == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    """
    A start of an up-to-date bot leaves the database as it is.
    """
    with UnitOfWork(engine) as uow:
        a_customer(uow)
        uow.commit()

    migrate(engine)

    with UnitOfWork(engine) as uow:
        assert uow.customers.by_ref("import", "cus_1") is not None
