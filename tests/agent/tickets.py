"""Tickets for tests, with sensible defaults."""

from datetime import UTC, datetime

from bot.agent.briefing import Briefing, ChargeFacts, CustomerFacts, Passage, Said
from bot.money import Money

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CUSTOMER = CustomerFacts(id=3, role="admin", tier="standard", account="acc_1")
CHARGE = ChargeFacts("ch_A1", Money(4900, "USD"), Money(4900, "USD"))
RESET = Passage(
    "reset-your-password",
    "Reset your password",
    "Set a new password when you forgot the old one.\n"
    "1. On the sign-in page choose **Forgot password?**\n"
    "2. Open the link in the e-mail within 60 minutes.\n\n"
    "## The e-mail does not come\n\n"
    "- Look in the spam folder.\n- Ask an [Admin](https://example.com/admins) to send the link.",
    0.6,
)


def a_ticket(
    body: str,
    subject: str = "",
    *,
    customer: CustomerFacts | None = CUSTOMER,
    charges: tuple[ChargeFacts, ...] = (),
    passages: tuple[Passage, ...] = (),
    known_products: tuple[str, ...] = (),
) -> Briefing:
    return Briefing(
        ticket=7,
        subject=subject,
        said=(Said("customer", body, NOW),),
        customer=customer,
        charges=charges,
        passages=passages,
        known_products=known_products,
    )
