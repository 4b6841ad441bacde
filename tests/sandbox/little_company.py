"""A company of three people and two customers, for tests of the sandbox itself."""

from sandbox.world import Company

TEAM = "T0LITTLE"


def _person(ident: str, name: str, title: str, *roles: str, **marks: bool) -> dict[str, object]:
    email = f"{ident.lower()}@little.example"
    facts = {"id": ident, "name": name.split()[0].lower(), "real_name": name, "title": title}
    return {**facts, "email": email, "team_id": TEAM, "roles": list(roles), **marks}


def _channel(ident: str, name: str, topic: str, *members: str) -> dict[str, object]:
    everybody = list(members) or ["UANA", "UBEN", "UGUEST", "UBOT"]
    return {"id": ident, "name": name, "topic": topic, "members": everybody}


def little_company() -> Company:
    return Company(
        workspace={
            "team": {"id": TEAM, "name": "Little Works", "domain": "little"},
            "app": {"id": "ALITTLE", "name": "Backstop", "bot_user_id": "UBOT", "bot_id": "BBOT"},
            "people": [
                _person("UANA", "Ana Brandt", "Support specialist", "specialist"),
                _person("UBEN", "Ben Okafor", "Support lead", "lead", "refund-approver"),
                _person("UGUEST", "Gus Partner", "Night shift", is_restricted=True),
            ],
            "channels": [
                _channel("CESC", "escalations", "What the agent hands to people"),
                _channel("CAPP", "approvals", "What waits for a decision", "UBEN", "UBOT"),
                _channel("CGEN", "general", "Everybody"),
                _channel("CEMPTY", "side-room", "Nobody yet", "UBEN"),
            ],
        },
        accounts=[{"id": "acc_1", "name": "Marsh Mills", "tier": "enterprise"}],
        customers=[
            {
                "id": "cus_1",
                "account": "acc_1",
                "name": "Ada Marsh",
                "email": "ada@mills.example",
                "role": "executive",
            },
            {
                "id": "cus_2",
                "account": "acc_1",
                "name": "Cy Lund",
                "email": "cy@mills.example",
                "role": "user",
            },
        ],
        charges=[
            {"id": "ch_1", "customer": "cus_2", "amount": 4900, "currency": "eur"},
            {"id": "ch_2", "customer": "cus_2", "amount": 2500, "currency": "eur"},
        ],
        tickets=[
            _ticket("t1", "cus_1", "The launch is at risk", "Please, a person. <b>Now</b> & fast."),
            _ticket("t2", "cus_2", "Refund me", "Charged twice.", charge="ch_1"),
            _ticket("t3", "cus_2", "Refund again", "And once more.", charge="ch_2"),
            _ticket("t4", "cus_2", "How do I export?", "Where is the button?"),
            _ticket("t5", "cus_2", "Thanks", "It works."),
        ],
        articles=[{"id": "a1", "title": "Export your data", "body": "Open Settings."}],
        tour={
            "executive": "t1",
            "refund": "t2",
            "plug_refund": "t3",
            "kb_question": "how do I export my data?",
        },
    )


def _ticket(
    ident: str, customer: str, subject: str, body: str, charge: str | None = None
) -> dict[str, object]:
    facts = {"id": ident, "customer": customer, "subject": subject, "body": body}
    return {**facts, "channel": "email", "tags": [], "charge": charge}
