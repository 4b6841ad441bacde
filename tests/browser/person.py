"""Somebody at the page, whose taps and filled fields are counted."""

from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect


class User(NamedTuple):
    id: str
    name: str


ANNIKA = User("U0ANNIKAV1", "Annika Vogt")
JONAS = User("U0JONASPE1", "Jonas Petrov")
MATEO = User("U0MATEOIB1", "Mateo Ibarra")
RUTH = User("U0RUTHCAST1", "Ruth Castellan")
SANA = User("U0SANAMIR1", "Sana Mirza")
TARIQ = User("U0TARIQMA1", "Tariq Mansour")
VICTOR = User("U0STRANGR1", "Victor Stahl")


class Person:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.fields = 0

    def sees(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    # Finding one's place is not part of a job: Slack's notification leads there.

    def act_as(self, user: User) -> None:
        self.sees("person-switch").click()
        self.sees(f"person-{user.id}").click()
        expect(self.sees("person-switch")).to_contain_text(user.name)

    def open(self, channel: str) -> None:
        self.sees("tab-workspace").click()
        self.sees(f"channel-{channel}").click()
        expect(self.sees("channel-title")).to_have_text(channel)

    def open_ticket(self, ticket: int) -> None:
        self.sees("tab-helpdesk").click()
        self.sees(f"ticket-{ticket}").click()

    # What a job costs.

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)
        self.fields += 1

    def ask(self, command: str) -> None:
        """Type a slash command and send it."""
        self.write(self.sees("composer"), command)
        self.tap(self.sees("composer-send"))

    # What stands there.

    @property
    def messages(self) -> Locator:
        return self.sees("messages").locator("article")

    @property
    def card(self) -> Locator:
        """The one card of the channel."""
        cards = self.messages.and_(self.page.locator(":not(.ephemeral)"))
        expect(cards).to_have_count(1)
        return cards

    @property
    def whispered(self) -> Locator:
        """What only this person sees."""
        return self.sees("messages").locator("article.ephemeral").last
