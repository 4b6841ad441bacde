"""A small company to test the bot against: its app.yaml, its people, customers and articles.

Everything about it is invented. People of Slack are named by who they are in a test: members,
two partner organisations (guests here, and people of another workspace), and those who may do
nothing.
"""

from typing import Any

Json = dict[str, Any]

HOME, NIGHT, OTHER = "T0HOME", "T0NIGHT", "T0OTHER"
BOT = "U0BOT"

ESCALATIONS, ENTERPRISE, BILLING, EUROPE = "C0ESC", "C0ENTERPRISE", "C0BILLING", "C0EUROPE"
APPROVALS, KNOWLEDGE, TRIAL, ADMIN = "C0APPROVALS", "C0KNOWLEDGE", "C0TRIAL", "C0ADMIN"
GENERAL = "C0GENERAL"
# Shared with the people of dawn alone, where app.yaml names it.
DAWN = "C0DAWN"

# Members, listed in app.yaml.
ANA, BEN = "U0ANA", "U0BEN"
LEA, MAX, NIA = "U0LEA", "U0MAX", "U0NIA"
# Partners: guests of our workspace, and people of their own.
GUS, KIM = "U0GUS", "U0KIM"
# Listed in app.yaml with every role, and yet nobody who decides.
DEE, GIL, ZAP = "U0DEE", "U0GIL", "U0ZAP"
# Not listed: a member, and somebody of another workspace.
HAL, SAM = "U0HAL", "U0SAM"

# ruff: noqa: E501 - one line per person and gate, as in app.yaml
APP_YAML = """\
company: {name: Larkspur, time_zone: Europe/Berlin, currency: USD}
slack: {workspace: T0HOME, delivery: http, api_url: "URL/api/"}
channels:
  escalations:
    - {channel: C0ENTERPRISE, tier: enterprise}
    - {channel: C0EUROPE, region: eu}
    - {channel: C0BILLING, category: billing}
    - {channel: C0ESC}
  approvals: C0APPROVALS
  knowledge: C0KNOWLEDGE
  trial: C0TRIAL
  admin: C0ADMIN
people:
  - {id: ana, name: Ana Ruiz, roles: [specialist], slack: U0ANA, hours: "Mon-Fri 09:00-17:00"}
  - {id: ben, name: Ben Okoro, roles: [specialist], slack: U0BEN, hours: "Mon-Fri 09:00-17:00"}
  - {id: lea, name: Lea Sand, roles: [specialist, lead, approver], slack: U0LEA, limits: {refund: 500000}}
  - {id: max, name: Max Vidal, roles: [lead, approver, admin], slack: U0MAX, limits: {refund: 500000}}
  - {id: nia, name: Nia Fox, roles: [approver], slack: U0NIA, limits: {refund: 5000}}
  - {id: gus, name: Gus Tran, roles: [specialist, approver], slack: U0GUS, organisation: nightdesk}
  - {id: kim, name: Kim Ode, roles: [specialist, approver], slack: U0KIM, organisation: dawn}
  - {id: dee, name: Dee Holt, roles: [specialist, lead, approver, admin], slack: U0DEE}
  - {id: gil, name: Gil Roy, roles: [specialist, lead, approver, admin], slack: U0GIL}
  - {id: zap, name: Zap, roles: [specialist, lead, approver, admin], slack: U0ZAP}
partners:
  - {organisation: nightdesk, workspace: T0HOME, people: [U0GUS], accounts: [acc_night]}
  - {organisation: dawn, workspace: T0NIGHT, people: [U0KIM], accounts: [acc_night]}
modes: {default: live}
gates:
  - {name: small refunds, act: refund, up_to: 2000, currency: USD, tiers: [standard], grade: auto}
  - {name: night refunds, act: refund, up_to: 50000, currency: USD, tiers: [night], grade: one, partners: [dawn]}
  - {name: refunds, act: refund, up_to: 50000, currency: USD, grade: one}
  - {name: big refunds, act: refund, up_to: 500000, currency: USD, grade: two}
  - {name: beyond, act: refund, grade: never}
  - {name: account changes, act: account_change, grade: one}
approvals: {grace: 0s, step_up: {}}
escalation:
  rules: {repeated_contact: 0}
  remind_claimed: 30m
  release_claimed: 2h
  climb:
    - {after: 15m, roles: [lead]}
    - {after: 1h, roles: [admin]}
help_desk:
  kind: zendesk
  url: URL/zendesk
  user: backstop@helpdesk.example
  token: ZENDESK_TOKEN
  webhook_secrets: [ZENDESK_WEBHOOK_SECRET]
payments: {kind: stripe, api_url: "URL/stripe"}
account_actions: {url: "URL/accounts/changes", secret: ACCOUNT_ACTION_SECRET}
limits: {refunds_per_customer_day: 2}
"""

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-sandbox",
    "SLACK_APP_TOKEN": "xapp-sandbox",
    "SLACK_SIGNING_SECRET": "sandbox-signing-secret",
    "ZENDESK_TOKEN": "zendesk-token",
    "ZENDESK_WEBHOOK_SECRET": "zendesk-webhook-secret",
    "STRIPE_API_KEY": "sk_test_sandbox",
    "ACCOUNT_ACTION_SECRET": "account-action-secret",
    "MONITOR_TOKEN": "YmFja3N0b3AtbW9uaXRvci10b2tlbg==",
    "BACKSTOP_STEP_UP_KEY": "YmFja3N0b3AtdGVzdHMtc2VhbC10aGVzZS1rZXlzLi4=",
    "ANTHROPIC_API_KEY": "sk-ant-sandbox",
}


def _person(user: str, name: str, team: str = HOME, **marks: bool) -> Json:
    return {"id": user, "name": name.split()[0].lower(), "real_name": name, "team_id": team} | marks


PEOPLE = (
    _person(ANA, "Ana Ruiz"),
    _person(BEN, "Ben Okoro"),
    _person(LEA, "Lea Sand"),
    _person(MAX, "Max Vidal"),
    _person(NIA, "Nia Fox"),
    _person(GUS, "Gus Tran", is_restricted=True),
    _person(KIM, "Kim Ode", NIGHT, is_stranger=True),
    _person(DEE, "Dee Holt"),
    _person(GIL, "Gil Roy", is_restricted=True),
    _person(ZAP, "Zap", is_bot=True),
    _person(HAL, "Hal Berg"),
    _person(SAM, "Sam Nowhere", OTHER, is_stranger=True),
)
EVERYBODY = [person["id"] for person in PEOPLE] + [BOT]
# A channel with anybody else in it is shared by Slack Connect.
OURS = [person["id"] for person in PEOPLE if person["team_id"] == HOME] + [BOT]


def _channel(ident: str, members: list[str] = EVERYBODY, **marks: bool) -> Json:
    return {"id": ident, "name": ident[2:].lower(), "members": members} | marks


CHANNELS = (
    *(_channel(one) for one in (ESCALATIONS, ENTERPRISE, BILLING, EUROPE)),
    _channel(APPROVALS, OURS, is_private=True),
    _channel(ADMIN, OURS),
    _channel(KNOWLEDGE, OURS),
    *(_channel(one) for one in (TRIAL, GENERAL)),
    _channel(DAWN, [KIM, LEA, BOT], is_private=True),
)

ACCOUNTS: tuple[Json, ...] = (
    {"id": "acc_oak", "name": "Oak Bakery", "tier": "business", "region": "us"},
    {"id": "acc_small", "name": "Small Shop", "tier": "standard", "region": "us"},
    {"id": "acc_big", "name": "Big Freight", "tier": "enterprise", "region": "us"},
    {"id": "acc_seine", "name": "Seine Mode", "tier": "business", "region": "eu"},
    {"id": "acc_night", "name": "Night Clinic", "tier": "night", "region": "us"},
)
# Customers by name; joy is the usual one.
CUSTOMERS: tuple[Json, ...] = (
    {"id": "cus_joy", "name": "Joy Abara", "account": "acc_oak", "email": "joy@oak.example"},
    {"id": "cus_sol", "name": "Sol Diaz", "account": "acc_small", "email": "sol@small.example"},
    {"id": "cus_big", "name": "Bea Igwe", "account": "acc_big", "email": "bea@big.example"},
    {"id": "cus_eve", "name": "Eve Petit", "account": "acc_seine", "email": "eve@seine.example"},
    {"id": "cus_nox", "name": "Nox Lang", "account": "acc_night", "email": "nox@night.example"},
)
CHARGES: tuple[Json, ...] = (
    {"id": "ch_joy", "customer": "cus_joy", "amount": 4900, "currency": "usd"},
    {"id": "ch_sol", "customer": "cus_sol", "amount": 1500, "currency": "usd"},
    {"id": "ch_big", "customer": "cus_big", "amount": 120000, "currency": "usd"},
    {"id": "ch_eve", "customer": "cus_eve", "amount": 900000, "currency": "usd"},
    {"id": "ch_nox", "customer": "cus_nox", "amount": 3000, "currency": "usd"},
)
ARTICLES: tuple[Json, ...] = (
    {
        "id": "export-roster",
        "title": "Export the roster as a CSV file",
        "body": "Open Roster, choose Export and pick CSV. The file holds every shift of the month.",
    },
    {
        "id": "two-factor",
        "title": "Turn on two-factor sign-in",
        "body": "Open Profile, then Security, and scan the code with an authenticator app.",
    },
    {
        "id": "billing-address",
        "title": "Change the billing address",
        "body": "Open Settings, then Billing, and enter the new address. Invoices show it at once.",
    },
)
