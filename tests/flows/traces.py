"""Traces of a customer: how they come about, and where some are left."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import inspect, select, text

from storage import audit
from storage.engine import snapshot
from storage.models import (
    Article,
    ArticleVersion,
    Delivery,
    Effect,
    Gap,
    Mirror,
    Question,
)
from storage.search import Search
from storage.unit_of_work import UnitOfWork
from tests.cli.conftest import Shell
from tests.company import ADMIN, ANA, APPROVALS, ESCALATIONS, LEA, MAX
from tests.flows.scenes import HUMAN, REFUND, refund_asked, reply
from tests.flows.screen import card, fill, messages, thread
from tests.world import World

# Whatever carries the mark was written by the customer, or about what they wrote.
MARK = "zqx"
PERSONAL = (MARK, "Joy Abara", "joy@oak.example")


def everything_happens(world: World) -> None:
    """A life of tickets through the real flows, and traces that failures leave."""
    ticket = world.write("joy", f"{HUMAN} My {MARK}child waits.", f"The {MARK}rota prints blank")
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    reply(world, card(world, ANA, ESCALATIONS), f"Dear Joy, about your {MARK}child: tomorrow.")
    world.write("joy", f"Thank you, my {MARK}friend.", ticket=ticket)
    part = "Please refund 20.00 USD of my last payment of 49.00 USD."
    for wish, reason in ((part, f"Their {MARK}story does not add up"), (REFUND, None)):
        _, seen = refund_asked(world, words=f"{wish} I was {MARK}ill.")
        if reason is None:
            view = seen.press("Comment", by=LEA)["view"]
            assert fill(world, LEA, view, text=f"Their {MARK}child is paid for.")["ok"]
            view = card(world, LEA, APPROVALS).press("Ask for changes")["view"]
            assert fill(world, LEA, view, question=f"Why is their {MARK}child paid for?")["ok"]
            view = card(world, MAX, APPROVALS).press("Answer", by=MAX)["view"]
            words = {"new_reason": f"For the {MARK}child", "note": f"They were {MARK}ill"}
            assert fill(world, MAX, view, **words)["ok"]
            card(world, LEA, APPROVALS).press("Approve", by=LEA)
        else:
            view = seen.press("Reject", by=MAX)["view"]
            assert fill(world, MAX, view, reason=reason)["ok"]
    new_address = f"Please change the billing email to {MARK}new@oak.example"
    world.write("joy", new_address, "Billing email")
    card(world, LEA, APPROVALS).press("Approve", by=LEA)
    world.write("joy", f"How do I export the roster as a CSV file, {MARK}?", f"Export {MARK}")
    known = f"How do I export the roster as a CSV file for my {MARK}club?"
    world.work_in_desk(world.write("joy", known, f"{MARK} export"), status="solved")
    world.backstop.writer.run(lambda uow: leave_traces(world, uow))


def leave_traces(world: World, uow: UnitOfWork) -> None:
    [customer] = uow.customers.find("joy@oak.example")
    audit.key_of(uow.session, customer.id)
    now = world.clock.now()
    leave_in_knowledge(uow, customer.id, now)
    uow.gaps.add(Gap(question=f"{MARK}?", asked_by="ana", customer_id=customer.id, created_at=now))
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


def leave_in_knowledge(uow: UnitOfWork, customer: int, now: datetime) -> None:
    article = uow.articles.add(Article(ref="names", title="A roster for Joy Abara", body="Hm."))
    Search(uow.session).index(article)
    version = ArticleVersion(
        article_id=article.id,
        number=0,
        title=f"{MARK}rota",
        body=f"Their {MARK}rota",
        facts={"summary": MARK},
        note=MARK,
        reason=MARK,
        author="ana",
        digest="d",
        customer_id=customer,
        created_at=now,
    )
    uow.articles.write(version)
    question = Question(asked_by="ana", text=f"{MARK}?", customer_id=customer, created_at=now)
    uow.questions.add(question)
    theirs = {"title": "Joy Abara’s roster"}
    uow.mirrors.add(Mirror(article_id=article.id, desk="zendesk", theirs=theirs, updated_at=now))


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


def shown_words(world: World) -> str:
    """All that stands in the channels where this customer was spoken of."""
    seen = [
        one
        for channel in (ESCALATIONS, APPROVALS, ADMIN)
        for top in messages(world, LEA, channel)
        for one in (top, *thread(world, LEA, top))
    ]
    return "\n".join(f"{one.text}\n{one.fallback}" for one in seen)
