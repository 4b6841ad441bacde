"""One of each block, and two whole cards as people will see them."""

from datetime import UTC, datetime

from bot.cards import (
    Button,
    Buttons,
    Card,
    Choice,
    Code,
    Confirm,
    Divider,
    Facts,
    Form,
    Input,
    Link,
    Mention,
    Moment,
    Quote,
    Strong,
    Text,
)

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)

BLOCKS = {
    Text: Text(
        (
            "Claimed by ",
            Mention("Ana Ruiz", slack="U0ANA", teams="29:ana"),
            Strong(" strongly "),
            Code("T-9"),
            Link("https://kb.example.com/a?b=1&c=2", "Resetting a password"),
            Moment(AT),
        )
    ),
    Quote: Quote("My invoice is wrong.\nPlease help.", by="Dana Wu, customer"),
    Facts: Facts((("Amount", Strong("49.00 EUR")), ("Recipient", "dana@example.com"))),
    Divider: Divider(),
    Buttons: Buttons(
        (
            Button("Approve", "approval.grant", {"approval": 17, "digest": "ab12"}, tone="good"),
            Button(
                "Stop",
                "effects.stop",
                {},
                tone="bad",
                confirm=Confirm("Stop effects?", "Nothing is paid until lifted.", yes="Stop now"),
            ),
            Button("Open", "ticket.open", {"ticket": 9}),
        ),
        more=(
            Button("Release", "escalation.release", {"escalation": 4}),
            Button("Hand off", "escalation.handoff", {"escalation": 4}),
        ),
    ),
    Input: Input("reason", "Why not?", multiline=True, hint="Shown to the agent", initial="Since"),
    Choice: Choice("to", "Hand to", (("cs", "Customer Success"), ("eng", "Engineering")), "eng"),
}

FORM = Form(
    "Reject refund",
    "Reject",
    "approval.reject",
    {"approval": 17},
    (BLOCKS[Facts], BLOCKS[Quote], BLOCKS[Text], BLOCKS[Divider], BLOCKS[Input], BLOCKS[Choice]),  # type: ignore[arg-type]
)

APPROVAL = Card(
    key="approval-17",
    title="Refund 49.00 EUR",
    summary="Approval wanted: refund of 49.00 EUR on ticket 9, until 18:05 UTC",
    blocks=(
        Facts(
            (
                ("Amount", Strong("49.00 EUR")),
                ("Recipient", "dana@example.com"),
                ("Charge", Code("ch_3Qx")),
                ("Ticket", Link("https://desk.example.com/9", "T-9 Charged twice")),
            )
        ),
        Quote("Two charges of 49.00 EUR within a minute; the second has no order.", by="Agent"),
        Text(("One approver with the role lead. Rule: refunds up to 500.00 EUR.",)),
        Text(("Expires ", Moment(AT)), style="context"),
        Buttons(
            (
                Button("Approve", "approval.grant", {"approval": 17}, tone="good"),
                Button("Reject", "approval.reject", {"approval": 17}, tone="bad"),
            ),
            more=(Button("Open ticket", "ticket.open", {"ticket": 9}),),
        ),
    ),
)
