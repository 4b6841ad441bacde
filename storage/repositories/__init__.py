"""One class per aggregate, over one session."""

from storage.repositories.absences import Absences
from storage.repositories.approvals import Approvals, Shown
from storage.repositories.articles import Articles
from storage.repositories.authenticators import Authenticators
from storage.repositories.canaries import Canaries
from storage.repositories.caps import Caps
from storage.repositories.card_posts import CardPosts, Copy
from storage.repositories.comments import Comments
from storage.repositories.customers import Customers
from storage.repositories.deliveries import Backlog, Claimed, Deliveries, key_of
from storage.repositories.departures import Departures
from storage.repositories.effects import Effects, OwnRefund
from storage.repositories.escalations import Escalations, WithAccount
from storage.repositories.inbox import Inbox, Marks, Switches
from storage.repositories.knowledge import Gaps, Health, Mirrors, Questions
from storage.repositories.links import Links
from storage.repositories.mail import MailLinks, Standings
from storage.repositories.policies import Policies
from storage.repositories.promises import Promises
from storage.repositories.signals import Signals
from storage.repositories.spending import Called, Spendings, Used
from storage.repositories.tickets import Busy, Tickets
from storage.repositories.turns import Digests, Turns

__all__ = [
    "Absences",
    "Approvals",
    "Articles",
    "Authenticators",
    "Backlog",
    "Busy",
    "Called",
    "Canaries",
    "Caps",
    "CardPosts",
    "Claimed",
    "Comments",
    "Copy",
    "Customers",
    "Deliveries",
    "Departures",
    "Digests",
    "Effects",
    "Escalations",
    "Gaps",
    "Health",
    "Inbox",
    "Links",
    "MailLinks",
    "Marks",
    "Mirrors",
    "OwnRefund",
    "Policies",
    "Promises",
    "Questions",
    "Shown",
    "Signals",
    "Spendings",
    "Standings",
    "Switches",
    "Tickets",
    "Turns",
    "Used",
    "WithAccount",
    "key_of",
]
