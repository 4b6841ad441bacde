"""The invented company agrees with itself: every reference resolves, every count is kept."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

Json = dict[str, Any]

COMPANY = Path(__file__).parents[2] / "sandbox" / "company"
LANGUAGES = {"en", "de", "es", "fr", "pt", "ja", "ar"}
TOPICS = {"security", "integration", "refund"}
TIERS = {"free", "standard", "business", "enterprise"}
CUSTOMER_ROLES = {"executive", "champion", "first_time", "user", "admin", "billing"}
TEAM_ROLES = {"specialist", "approver", "lead", "admin", "reviewer", "engineer", "success"}
RULES = {
    *("distress", "executive", "first_time", "high_tier", "human_wanted", "incident"),
    *("integration", "legal", "no_article", "repeated_contact", "safety", "security"),
    *("several_products", "threat"),
}


def rows(name: str) -> list[Json]:
    text = (COMPANY / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def by_id(name: str) -> dict[str, Json]:
    found = rows(name)
    assert len(found) == len({row["id"] for row in found}), f"{name} repeats an id"
    return {row["id"]: row for row in found}


def articles() -> dict[str, tuple[Json, str]]:
    found = {}
    for path in sorted((COMPANY / "articles").glob("*.md")):
        start, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        assert start == "", path.name
        found[path.stem] = (yaml.safe_load(front), body)
    return found


WORKSPACE: Json = json.loads((COMPANY / "workspace.json").read_text(encoding="utf-8"))
PEOPLE: dict[str, Json] = {person["id"]: person for person in WORKSPACE["people"]}
ACCOUNTS = by_id("accounts.jsonl")
CUSTOMERS = by_id("customers.jsonl")
CHARGES = by_id("charges.jsonl")
TICKETS = by_id("tickets.jsonl")
ARTICLES = articles()
OF_CUSTOMERS = [one for one in TICKETS.values() if isinstance(one["customer"], str)]

TEXTS = [path for path in sorted(COMPANY.rglob("*")) if path.suffix in {".md", ".json", ".jsonl"}]


def test_the_counts_are_as_promised() -> None:
    """Some fifty articles, 60 accounts, some 90 customers, 60 charges, 150 tickets."""
    assert 40 <= len(ARTICLES) <= 60
    assert (len(ACCOUNTS), len(CHARGES), len(TICKETS)) == (60, 60, 150)
    assert 85 <= len(CUSTOMERS) <= 95


class TestWorkspace:
    def test_twelve_people_work_here_two_of_them_for_a_partner(self) -> None:
        """Five specialists speak four languages; the partner's two are guests."""
        team = [person for person in PEOPLE.values() if person["roles"]]
        partners = [person for person in team if person["organisation"] != "wrenfold"]
        own = [person for person in team if person["organisation"] == "wrenfold"]
        specialists = [person for person in own if "specialist" in person["roles"]]

        assert (len(team), len(partners), len(specialists)) == (12, 2, 5)
        assert all(p["is_restricted"] and not p["is_stranger"] for p in partners)
        spoken = {language for person in specialists for language in person["languages"]}
        assert {"en", "de", "es", "fr"} <= spoken
        assert {role for p in team for role in p["roles"]} <= TEAM_ROLES | {"sales", "on_call"}

    def test_two_approvers_can_decide_what_needs_two(self) -> None:
        """Nobody approves who is a guest, a stranger, a bot or gone."""
        approvers = [person for person in PEOPLE.values() if "approver" in person["roles"]]

        assert len(approvers) == 2
        barred = ("is_bot", "is_restricted", "is_stranger", "deleted")
        assert not any(person[mark] for person in approvers for mark in barred)

    def test_every_hostile_kind_of_account_is_there(self) -> None:
        """A stranger of another team, a single-channel guest, a closed account, another bot."""
        without_role = [person for person in PEOPLE.values() if not person["roles"]]

        marks = Counter(
            mark
            for person in without_role
            for mark in ("is_stranger", "is_ultra_restricted", "deleted", "is_bot")
            if person[mark]
        )
        assert marks == dict.fromkeys(marks, 1) and len(marks) == 4
        home = WORKSPACE["team"]["id"]
        assert all(p["is_stranger"] == (p["team_id"] != home) for p in PEOPLE.values())

    def test_members_of_channels_and_groups_exist(self) -> None:
        """The bot belongs to each channel it posts in; nobody deactivated is a member."""
        bot = WORKSPACE["app"]["bot_user_id"]
        known = {bot, *(i for i, person in PEOPLE.items() if not person["deleted"])}

        for channel in WORKSPACE["channels"]:
            assert set(channel["members"]) <= known, channel["name"]
            assert bot in channel["members"] or channel["name"] == "general"
        for group in WORKSPACE["usergroups"]:
            assert set(group["users"]) <= known, group["handle"]

    def test_ids_look_like_slack_ids_and_time_zones_exist(self) -> None:
        """A letter for the kind, then capitals and digits."""
        ids = [*PEOPLE, *(channel["id"] for channel in WORKSPACE["channels"])]
        ids += [WORKSPACE["team"]["id"], *WORKSPACE["app"].values()]
        ids.remove(WORKSPACE["app"]["name"])
        assert all(re.fullmatch(r"[TUCAB]0[A-Z0-9]{6,10}", each) for each in ids)
        assert len(ids) == len(set(ids))
        for person in PEOPLE.values():
            assert ZoneInfo(person["tz"]), person["name"]


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_has_valid_front_matter_and_a_real_body(name: str) -> None:
    """Its id is its file name, its owner works here, it has 120 to 400 words."""
    front, body = ARTICLES[name]

    keys = "id title summary products tags language owner reviewed public"
    assert list(front) == keys.split()
    assert (front["id"], front["public"]) == (name, True)
    assert isinstance(front["reviewed"], date)
    assert front["language"] in {"en", "de", "es"}
    assert front["owner"] in {person["email"] for person in PEOPLE.values()}
    assert set(front["products"]) <= {"dispatch", "ledger", "pocket", "connect"}
    assert front["tags"] and front["summary"].endswith(".")
    assert 120 <= len(body.split()) <= 400


def test_an_article_named_in_another_exists() -> None:
    """*Title* after "see" points to an article."""
    titles = {front["title"] for front, _ in ARTICLES.values()}

    for name, (_, body) in ARTICLES.items():
        for title in re.findall(r"\b[Ss]ee \*([^*]+)\*", body):
            assert title in titles, f"{name} points to {title!r}"


class TestMoney:
    def test_accounts_name_whole_minor_units_and_coming_moments(self) -> None:
        """A free account is worth nothing; a moment lies ahead by days."""
        for account in ACCOUNTS.values():
            value = account["yearly_value"]
            assert type(value["amount"]) is int
            assert (value["amount"] == 0) == (account["tier"] == "free")
            assert re.fullmatch("[A-Z]{3}", value["currency"])
            assert account["tier"] in TIERS and account["region"] in {"EU", "US"}
            assert all(type(m["in_days"]) is int and m["in_days"] > 0 for m in account["moments"])
            assert account["products"]

    def test_charges_belong_to_paying_customers_in_their_currency(self) -> None:
        """Refunded is never more than was taken."""
        for charge in CHARGES.values():
            account = ACCOUNTS[CUSTOMERS[charge["customer"]]["account"]]
            assert type(charge["amount"]) is int and type(charge["refunded"]) is int
            assert 0 <= charge["refunded"] <= charge["amount"] > 0
            assert charge["currency"] == account["yearly_value"]["currency"]
            assert type(charge["created_days_ago"]) is int

    def test_a_refund_fits_what_is_left_of_its_charge(self) -> None:
        """What a ticket should lead to can be paid, to the very customer who asks."""
        refunds = [
            t for t in TICKETS.values() if t["expect"].get("act", {}).get("kind") == "refund"
        ]
        for ticket in refunds:
            act, charge = ticket["expect"]["act"], CHARGES[ticket["charge"]]
            assert 0 < act["amount"] <= charge["amount"] - charge["refunded"], ticket["id"]
            assert act["currency"] == charge["currency"]
            assert charge["id"] in ticket["body"]
        dollars = [t["expect"]["act"]["amount"] for t in refunds if t["language"] != "ja"]
        assert min(dollars) <= 50000 < max(dollars), "two people look above 500.00"

    def test_a_charge_named_by_a_ticket_is_its_own_unless_marked(self) -> None:
        """Asking for somebody else's money is the kind `foreign_charge`."""
        for ticket in TICKETS.values():
            if "charge" in ticket:
                own = CHARGES[ticket["charge"]]["customer"] == ticket["customer"]
                assert own != (ticket["kind"] == "foreign_charge"), ticket["id"]


class TestTickets:
    def test_every_customer_is_known_and_every_account_has_one(self) -> None:
        """Customers point to accounts, tickets to customers."""
        assert {customer["account"] for customer in CUSTOMERS.values()} == set(ACCOUNTS)
        assert {customer["role"] for customer in CUSTOMERS.values()} == CUSTOMER_ROLES
        assert {ticket["customer"] for ticket in OF_CUSTOMERS} <= set(CUSTOMERS)
        assert all(one in OF_CUSTOMERS or one["kind"] == "spam" for one in TICKETS.values())
        emails = [customer["email"] for customer in CUSTOMERS.values()]
        assert len(emails) == len(set(emails))

    def test_no_two_tickets_share_a_body_or_a_subject(self) -> None:
        """People repeat themselves, but never word for word."""
        for part in ("body", "subject"):
            seen = Counter(" ".join(ticket[part].split()) for ticket in TICKETS.values())
            assert [text for text, times in seen.items() if times > 1] == []

    def test_every_expectation_is_complete(self) -> None:
        """An answer cites an article, an act says which, a hint names a known rule."""
        for ticket in TICKETS.values():
            expect, kind = ticket["expect"], ticket["kind"]
            assert expect["decision"] in {"answer", "escalate", "act"}
            assert (expect["decision"] == "act") == ("act" in expect), ticket["id"]
            assert expect.get("rule_hint", "executive") in RULES
            if expect["decision"] == "answer" and kind != "praise":
                assert expect["article"] in ARTICLES, ticket["id"]
            assert ticket["channel"] in {"email", "chat", "web"}
            assert ticket["kind"] not in {*ticket["tags"]} - TOPICS, "a tag gives it away"

    def test_more_than_half_are_questions_that_articles_answer(self) -> None:
        """And all the articles are needed by somebody."""
        decisions = Counter(ticket["expect"]["decision"] for ticket in TICKETS.values())
        cited = {ticket["expect"].get("article") for ticket in TICKETS.values()}

        assert 80 <= decisions["answer"] <= 95
        assert set(ARTICLES) <= cited

    def test_whom_a_person_should_serve_is_never_left_to_the_agent(self) -> None:
        """No answer is expected for executives, newcomers, Enterprise, or a third message."""
        messages: Counter[str] = Counter()
        for ticket in OF_CUSTOMERS:
            messages[ticket["customer"]] += 1
            customer = CUSTOMERS[ticket["customer"]]
            tier = ACCOUNTS[customer["account"]]["tier"]
            special = customer["role"] in {"executive", "first_time"} or tier == "enterprise"
            if special or messages[ticket["customer"]] > 2:
                assert ticket["expect"]["decision"] != "answer", ticket["id"]

    def test_hard_kinds_and_seven_languages_are_all_there(self) -> None:
        """The demo is not only sunshine."""
        kinds = Counter(ticket["kind"] for ticket in TICKETS.values())
        assert {ticket["language"] for ticket in TICKETS.values()} == LANGUAGES
        for kind in ("executive", "distress", "legal", "safety", "threat", "spam", "vague"):
            assert kinds[kind] >= 2, kind
        assert kinds["injection"] >= 8 and kinds["account_change"] >= 5

    def test_the_outage_is_told_by_twelve_customers_of_the_region(self) -> None:
        """One incident, one message on the screen, nobody twice."""
        incident = [ticket for ticket in TICKETS.values() if ticket["kind"] == "incident"]
        regions = {ACCOUNTS[CUSTOMERS[t["customer"]]["account"]]["region"] for t in incident}
        assert regions == {"EU"}
        assert len({ticket["customer"] for ticket in incident}) == len(incident) == 12
        assert all("503" in ticket["subject"] + ticket["body"] for ticket in incident)


def test_the_tour_points_to_what_it_needs() -> None:
    """An executive with dated stakes, two exact refunds below the limit, and a question."""
    tour = json.loads((COMPANY / "tour.json").read_text(encoding="utf-8"))

    executive = TICKETS[tour["executive"]]
    assert CUSTOMERS[executive["customer"]]["role"] == "executive"
    assert ACCOUNTS[CUSTOMERS[executive["customer"]]["account"]]["moments"]
    refunds = [TICKETS[tour[name]] for name in ("refund", "plug_refund")]
    assert refunds[0]["customer"] != refunds[1]["customer"]
    for ticket in refunds:
        act = ticket["expect"]["act"]
        assert act["amount"] == CHARGES[ticket["charge"]]["amount"] <= 50000
        assert f"{act['amount'] / 100:.2f}" in ticket["body"]
        assert re.findall(r"ch_\w+", ticket["body"]) == [ticket["charge"]]
    assert tour["kb_question"].endswith("?")


class TestFiction:
    @pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
    def test_no_address_is_real(self, path: Path) -> None:
        """Mail and links end in .example; no other domain is named."""
        text = path.read_text(encoding="utf-8")

        hosts = re.findall(r"(?:@|https?://)([\w-]+(?:\.[\w-]+)+)", text)
        assert [host for host in hosts if not host.rstrip(".").endswith(".example")] == []
        assert re.findall(r"\b[\w-]+\.(?:com|org|net|io|eu|co|app|dev|ai)\b(?!\.)", text) == []

    def test_no_telephone_number_is_real(self) -> None:
        """555-01xx, with or without a country."""
        phones = [customer["phone"] for customer in CUSTOMERS.values() if "phone" in customer]

        assert len(phones) == len(set(phones)) > 10
        assert all(re.fullmatch(r"\+\d{1,3} 555-01\d\d", phone) for phone in phones)
        for ticket in TICKETS.values():
            for number in re.findall(r"\b\d{3}-\d{4}\b|\+\d[\d ()-]{6,}", ticket["body"]):
                assert "555-01" in number, ticket["id"]

    @pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
    def test_no_invisible_character_hides_in_the_files(self, path: Path) -> None:
        """Hidden text of hostile tickets is written as escapes, where a reviewer sees it."""
        text = path.read_text(encoding="utf-8")

        assert [c for c in text if unicodedata.category(c) == "Cf"] == []
