from datetime import date
from typing import Any

import pytest

from bot.imports import (
    AccountRow,
    BadRow,
    ContactRow,
    CustomerRow,
    MomentRow,
    ProductRow,
    customer_row,
)
from bot.money import Money

TODAY = date(2026, 3, 1)
ACCOUNT = {
    "id": "acc-1",
    "name": "Northwind",
    "tier": "Enterprise",
    "region": "EU",
    "yearly_value": {"amount": 12_000_00, "currency": "eur"},
    "products": [{"name": "Planner", "version": "4.2"}, {"name": "Invoices"}],
    "moments": [
        {"in_days": 12, "kind": "board meeting", "label": "Q1 board"},
        {"date": "2026-06-01", "kind": "renewal"},
    ],
}
KNOWN = AccountRow(
    id="acc-1",
    name="Northwind",
    tier="enterprise",
    region="eu",
    yearly_value=Money(12_000_00, "EUR"),
    products=(ProductRow("Planner", "4.2"), ProductRow("Invoices")),
    moments=(
        MomentRow(date(2026, 3, 13), "board_meeting", "Q1 board"),
        MomentRow(date(2026, 6, 1), "renewal"),
    ),
)
KIM = {"id": "c1", "name": "Kim", "email": "kim@shop.example", "role": "first-time"}
HOW = "yearly_value: write 12000 EUR, or 12000 and EUR in a field or column currency"
NEEDS = "moments: needs a date and a kind, such as 2026-12-01 launch New planner"
NO_TIME = "date: is not a time in ISO 8601, such as 2026-12-01 or 2026-12-01T09:30:00+01:00"
CONTACT = ContactRow("c1", "Kim", "kim@shop.example", "first_time")


def test_an_account_may_be_a_row_of_its_own() -> None:
    """
    With its contacts or without; moments in days count from today.
    """
    assert CustomerRow((), KNOWN) == customer_row(ACCOUNT, TODAY)
    assert CustomerRow((CONTACT,), KNOWN) == customer_row({**ACCOUNT, "contacts": [KIM]}, TODAY)


def test_a_contact_may_bring_its_account() -> None:
    """
    As an object, as an id alone, which tells nothing new of it, or not at all.
    """
    assert CustomerRow((CONTACT,), KNOWN) == customer_row({**KIM, "account": ACCOUNT}, TODAY)
    by_id = CustomerRow((CONTACT,), AccountRow("acc-1"))
    assert by_id == customer_row({**KIM, "account": "acc-1"}, TODAY)
    assert CustomerRow((CONTACT,), None) == customer_row(KIM, TODAY)


def test_a_csv_row_holds_both_side_by_side() -> None:
    """
    The columns of a spreadsheet say the same as the objects.
    """
    row = {
        **KIM,
        "account": "acc-1",
        "Account Name": "Northwind",
        "Tier": "Enterprise",
        "Region": "EU",
        "Yearly Value": "12,000",
        "Currency": "EUR",
        "Products": "Planner 4.2; Invoices",
        "Moments": "2026-03-13 board-meeting Q1 board; 2026-06-01 renewal",
    }
    assert CustomerRow((CONTACT,), KNOWN) == customer_row(row, TODAY)


def test_a_contact_may_be_an_account_alone() -> None:
    """
    Who buys for themselves has a tier and no company.
    """
    row = customer_row({**KIM, "tier": "free"}, TODAY)

    assert CustomerRow((CONTACT,), AccountRow("c1", tier="free")) == row


def test_a_contact_without_an_id_is_known_by_its_address() -> None:
    """
    Lists of people often have nothing but addresses.
    """
    row = customer_row({"email": "Kim@Shop.example"}, TODAY)

    assert (ContactRow("kim@shop.example", "", "Kim@Shop.example"),) == row.contacts


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({}, "id: is missing, and so is email"),
        ({**KIM, "email": "kim"}, "email: is not an address"),
        ({**ACCOUNT, "id": None}, "id: is missing"),
        ({**ACCOUNT, "yearly_value": 12.125, "currency": "EUR"}, HOW),
        ({**ACCOUNT, "yearly_value": "12 EUR", "currency": "USD"}, HOW),
        ({**ACCOUNT, "yearly_value": "5000.5 JPY"}, HOW),
        ({**ACCOUNT, "yearly_value": 12000}, HOW),
        ({**ACCOUNT, "yearly_value": "a lot"}, HOW),
        (
            {**ACCOUNT, "yearly_value": {"amount": True, "currency": "EUR"}},
            "yearly_value: its amount is no whole number of minor units: 1200000 is 12000 EUR",
        ),
        (
            {**ACCOUNT, "yearly_value": {"amount": 5, "currency": "€"}},
            "yearly_value: has no ISO 4217 currency, such as EUR",
        ),
        ({**ACCOUNT, "products": [3]}, "products: is not a list of objects"),
        ({**ACCOUNT, "products": [{"version": "1"}]}, "name: is missing"),
        ({**ACCOUNT, "moments": [{"kind": "launch"}]}, NEEDS),
        (
            {**ACCOUNT, "moments": [{"in_days": 10**9, "kind": "x"}]},
            "moments: in_days is out of range",
        ),
        ({**ACCOUNT, "moments": "soon launch"}, NO_TIME),
    ],
)
def test_a_bad_customer_is_explained(raw: Any, reason: str) -> None:
    """
    The reason says what to write; money without a currency is never guessed.
    """
    with pytest.raises(BadRow) as caught:
        customer_row(raw, TODAY)

    assert reason == str(caught.value)


@pytest.mark.parametrize(
    ("written", "currency", "expected"),
    [
        ("12000 EUR", "", "12,000.00 EUR"),
        (12000, "eur", "12,000.00 EUR"),
        (12000.5, "EUR", "12,000.50 EUR"),
        ("12,000.50", "USD", "12,000.50 USD"),
        ("€12.000,50", "", "12,000.50 EUR"),
        ("12.000", "EUR", "12,000.00 EUR"),
        ("$1.2M", "", "1,200,000.00 USD"),
        ("$1,200", "CAD", "1,200.00 CAD"),
        ("12k EUR", "", "12,000.00 EUR"),
        ("1'200'000 CHF", "", "1,200,000.00 CHF"),
        ("PLN 1 200 000", "", "1,200,000.00 PLN"),
        ("500000 JPY", "", "500,000 JPY"),
        ({"amount": 1_200_050, "currency": "EUR"}, "", "12,000.50 EUR"),
    ],
)
def test_a_yearly_value_may_be_written_as_people_do(
    written: Any, currency: str, expected: str
) -> None:
    """
    Full units in words and numbers; minor units only in an object that says so.
    """
    row = customer_row({**ACCOUNT, "yearly_value": written, "currency": currency}, TODAY)

    assert row.account is not None
    assert expected == str(row.account.yearly_value)


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    """
    Nobody corrects a file five times for one row.
    """
    with pytest.raises(BadRow) as caught:
        customer_row({"email": "kim", "role": "boss", "account": {"yearly_value": 5}}, TODAY)

    reasons = str(caught.value).split("; ")
    assert [reason.partition(":")[0] for reason in reasons] == [
        "email",
        "role",
        "id",
        "yearly_value",
    ]
