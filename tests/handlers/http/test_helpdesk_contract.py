"""What every implementation of the `HelpDesk` port keeps, against a help desk that misbehaves."""

import contextlib
from datetime import date, timedelta
from typing import Literal

import pytest

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.imports.articles import article_row
from bot.imports.customers import customer_row
from bot.ports import HelpDesk as Port
from sandbox.helpdesk import Change, HelpDesk
from tests.handlers.http.conftest import IMPATIENT, WallClock, adapter

TICKET = "1001"
LOOK = timedelta(seconds=5)


def said(desk: HelpDesk, public: bool = True) -> list[str]:
    """What staff wrote, as the customer (or a colleague) reads it."""
    comments = desk.tickets[1001].comments
    return [row.text for row in comments if row.author.is_staff and row.public is public]


def test_a_reply_reaches_the_customer_under_the_id_we_are_told(ours: Port, desk: HelpDesk) -> None:
    """The id that comes back is the help desk's own id of that message."""
    made = ours.reply(TICKET, "We are on it.\nToday.\n\nYours", "m-1")

    assert said(desk) == ["We are on it.\nToday.\n\nYours"]
    assert made == str(desk.tickets[1001].comments[-1].id)


def test_an_address_that_was_only_typed_is_told_as_such(ours: Port, desk: HelpDesk) -> None:
    """Whoever names somebody's address is not that somebody."""
    assert ours.ticket(TICKET).customer.vouched
    assert [row["vouched"] for row in ours.customers()] == [True]
    desk.tickets[1001].requester.is_verified = False
    assert not ours.ticket(TICKET).customer.vouched
    assert [row["vouched"] for row in ours.customers()] == [False]


def test_a_note_stays_inside(ours: Port, desk: HelpDesk) -> None:
    """A note is for colleagues: the customer never sees it."""
    ours.note(TICKET, "Ask billing first.", "m-1")

    assert (said(desk, public=False), said(desk)) == (["Ask billing first."], [])


def test_what_we_say_is_words_and_never_markup(ours: Port, desk: HelpDesk) -> None:
    """Tags and entities arrive as they were typed, and can be found again."""
    text = "<b>1 < 2</b> &amp; <script>x</script> **so**"
    since = WallClock().now()
    made = ours.reply(TICKET, text, "m-1")

    assert said(desk) == [text]
    assert "<script>" not in desk.tickets[1001].comments[-1].html
    assert ours.find(TICKET, "m-1", text, since) == made


def test_a_dropped_answer_is_unknown_and_the_look_finds_it(ours: Port, desk: HelpDesk) -> None:
    """After a commit whose answer is lost, the look tells that nothing is to be sent again."""
    since = WallClock().now()
    desk.faults.drop_after_commit_next = 1

    with pytest.raises(OutcomeUnknown):
        ours.reply(TICKET, "Fixed.", "m-1")

    assert ours.find(TICKET, "m-1", "Fixed.", since) == str(desk.tickets[1001].comments[-1].id)
    assert said(desk) == ["Fixed."]


@pytest.mark.parametrize(
    ("fault", "is_made"), [("error_500_next", False), ("error_500_after_commit_next", True)]
)
def test_a_500_is_unknown_until_looked_at(
    ours: Port, desk: HelpDesk, fault: str, is_made: bool
) -> None:
    """The same status may stand for a message made and for none."""
    since = WallClock().now()
    setattr(desk.faults, fault, 1)

    with pytest.raises(OutcomeUnknown):
        ours.reply(TICKET, "Fixed.", "m-1")

    assert (ours.find(TICKET, "m-1", "Fixed.", since) is not None) is is_made


def test_an_answer_that_comes_too_late_is_unknown(
    ours: Port, kind: str, url: str, desk: HelpDesk
) -> None:
    """Whoever stops waiting has still sent: the look finds the message."""
    desk.faults.hang_next, desk.faults.hang_seconds = 1, 30
    hasty = adapter(kind, url, WallClock(), timeout=IMPATIENT)

    with contextlib.closing(hasty), pytest.raises(OutcomeUnknown):
        hasty.note(TICKET, "Slow.", "m-1")

    assert ours.find(TICKET, "m-1", "Slow.", WallClock().now() - LOOK) is not None


def test_another_message_is_not_taken_for_ours(ours: Port, desk: HelpDesk) -> None:
    """Neither a colleague's words nor our earlier ones answer for this marker."""
    earlier = ours.reply(TICKET, "Something else.", "m-0")
    colleague = desk.directory.by_email("lee@helpdesk.example")
    assert colleague is not None
    desk.change(desk.tickets[1001], colleague, Change(text="Fixed."))

    assert ours.find(TICKET, "m-1", "Fixed.", WallClock().now() - LOOK, {earlier}) is None


def test_what_another_sending_made_is_not_this_message(ours: Port) -> None:
    """Known ids are somebody else's, whatever words they hold."""
    since = WallClock().now() - LOOK
    made = ours.reply(TICKET, "Fixed.", "m-0")

    assert ours.find(TICKET, "m-1", "Fixed.", since, {made}) is None


def test_too_many_requests_are_tried_later(ours: Port, desk: HelpDesk) -> None:
    """The help desk says when, and nothing was sent."""
    ours.ticket(TICKET)
    desk.faults.rate_limit_next = 1

    with pytest.raises(TryLater) as later:
        ours.reply(TICKET, "Fixed.", "m-1")

    assert later.value.retry_after == 1
    assert said(desk) == []


def test_a_help_desk_that_is_down_is_tried_later(kind: str, url: str) -> None:
    """A connection that was never made has sent nothing."""
    nobody = adapter(kind, "http://127.0.0.1:9", WallClock())
    with contextlib.closing(nobody):
        for call in (lambda: nobody.ticket(TICKET), lambda: nobody.set_status(TICKET, "open")):
            with pytest.raises(TryLater):
                call()


def test_a_definite_no_is_refused_with_the_help_desks_word(
    ours: Port, kind: str, desk: HelpDesk
) -> None:
    """Unknown and closed tickets are refusals, with a reason that is safe to log."""
    with pytest.raises(Refused) as unknown:
        ours.reply("999", "Hello?", "m-1")
    desk.tickets[1001].status = "closed"
    with pytest.raises(Refused) as closed:
        ours.reply(TICKET, "Hello?", "m-1")

    codes = (unknown.value.code, closed.value.code)
    assert (
        codes
        == {
            "zendesk": ("RecordNotFound", "RecordInvalid"),
            "intercom": ("not_found", "parameter_invalid"),
        }[kind]
    )


def test_a_wrong_token_is_tried_later(kind: str, url: str, desk: HelpDesk) -> None:
    """Until an operator puts the token right nothing is sent, and nothing is given up."""
    stranger = adapter(kind, url, WallClock(), token="wrong")
    with contextlib.closing(stranger), pytest.raises(TryLater):
        stranger.reply(TICKET, "Hello?", "m-1")
    assert said(desk) == []


@pytest.mark.parametrize("status", ["open", "waiting", "resolved"])
def test_a_status_is_set_and_told_back(
    ours: Port, status: Literal["open", "waiting", "resolved"]
) -> None:
    """Our three words survive the way there and back."""
    ours.set_status(TICKET, status)

    assert ours.ticket(TICKET).status == status


def test_a_status_may_be_set_twice_and_so_is_never_unknown(ours: Port, desk: HelpDesk) -> None:
    """A dropped answer is simply tried again."""
    ours.ticket(TICKET)
    desk.faults.drop_after_commit_next = 1
    with pytest.raises(TryLater):
        ours.set_status(TICKET, "resolved")

    ours.set_status(TICKET, "resolved")

    assert desk.tickets[1001].status == "solved"


def test_a_ticket_is_told_whole(ours: Port, desk: HelpDesk) -> None:
    """Who writes, what was said by whom and whether the customer saw it, in order."""
    colleague = desk.directory.by_email("lee@helpdesk.example")
    assert colleague is not None
    ours.note(TICKET, "Ours.", "m-1")
    desk.change(desk.tickets[1001], colleague, Change(text="Theirs.", assignee=colleague))
    desk.customer_writes(desk.tickets[1001], "Still broken.", desk.tickets[1001].requester)

    told = ours.ticket(TICKET)

    assert [(row.author, row.text, row.public) for row in told.messages] == [
        ("customer", "It does not work.", True),
        ("agent", "Ours.", False),
        ("person", "Theirs.", True),
        ("customer", "Still broken.", True),
    ]
    assert (told.id, told.subject, told.priority) == (TICKET, "Broken", "high")
    assert (told.tags, told.assignee) == (("mobile",), str(colleague.id))
    customer = told.customer
    assert (customer.name, customer.email, customer.language) == (
        "Ada Marsh",
        "ada@client.example",
        "de",
    )
    assert customer.organisation == "acc_1"


def test_a_long_conversation_is_read_to_its_end(ours: Port, desk: HelpDesk) -> None:
    """No page of a conversation is forgotten."""
    for number in range(130):
        desk.change(desk.tickets[1001], desk.tickets[1001].requester, Change(text=f"{number}"))

    texts = [row.text for row in ours.ticket(TICKET).messages]

    assert texts[1:] == [str(number) for number in range(130)]


def test_a_reading_that_fails_may_be_tried_later(ours: Port, desk: HelpDesk) -> None:
    """Reading changes nothing, so its failure is never an unknown outcome."""
    desk.faults.read_error_500_next = 1
    with pytest.raises(TryLater):
        ours.ticket(TICKET)
    desk.faults.read_error_500_next = 1
    with pytest.raises(TryLater):
        ours.find(TICKET, "m-1", "x", WallClock().now())


def test_changed_tells_every_ticket_oldest_change_first(ours: Port, desk: HelpDesk) -> None:
    """Each with the time of its change, from which on the next question is asked."""
    since = WallClock().now() - timedelta(seconds=60)
    customer = desk.tickets[1001].requester
    for number in range(3):
        desk.open_ticket(customer, f"More {number}", Change(text=f"Text {number}"))
    for number, ticket in enumerate([1003, 1004, 1002, 1001]):
        desk.tickets[ticket].updated = since.timestamp() + 10 * number

    told = list(ours.changed(since))

    assert [row.ticket for row in told] == ["1003", "1004", "1002", "1001"]
    assert [row.at for row in told] == [ours.ticket(row.ticket).updated for row in told]
    assert [row.at for row in told] == sorted(row.at for row in told)


def test_unsolved_tells_what_is_open_however_old(ours: Port, desk: HelpDesk) -> None:
    """Neither what waits for the customer nor what is solved; all of it, whatever the pages."""
    customer = desk.tickets[1001].requester
    for number in range(160):
        desk.open_ticket(customer, f"More {number}", Change(text="Text"))
    for ticket in desk.tickets.values():
        ticket.updated -= timedelta(days=400).total_seconds()
    desk.tickets[1002].status, desk.tickets[1003].status = "pending", "solved"

    told = [row.ticket for row in ours.unsolved()]

    assert sorted(told) == ["1001", *map(str, range(1004, 1162))]


def test_articles_and_customers_come_as_rows(ours: Port) -> None:
    """Imports get plain words, and the company's own fields."""
    articles, customers = list(ours.articles()), list(ours.customers())

    assert [row["title"] for row in articles] == [f"Article {n}" for n in range(60)]
    assert articles[3]["body"].split() == ["Do", "3.", "Then", "rest."]
    assert (articles[3]["language"], articles[3]["public"]) == ("de", True)
    [ada] = customers
    assert (ada["name"], ada["email"], ada["account"]) == (
        "Ada Marsh",
        "ada@client.example",
        "acc_1",
    )
    assert (ada["tier"], ada["role"], ada["external_id"]) == ("enterprise", "champion", "cus_1")


def test_the_rows_are_what_imports_read(ours: Port) -> None:
    """The importers take each row, and find the account in it."""
    for row in ours.articles():
        assert article_row(row).title == row["title"]
    [row] = ours.customers()
    read = customer_row(row, date(2026, 1, 1))
    assert read.account is not None
    assert (read.account.id, read.account.name, read.account.tier) == (
        "acc_1",
        "Marsh Mills",
        "enterprise",
    )
    assert [person.name for person in read.contacts] == ["Ada Marsh"]
