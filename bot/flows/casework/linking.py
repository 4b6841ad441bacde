"""Which article solved a ticket: said by whoever resolves it, or told by what was sent.

What is linked is found for the next ticket like it, from that moment on.
"""

import re
from datetime import datetime
from typing import TypeGuard

from bot.cards import Choice, Input
from bot.errors import InvalidForm
from bot.people import Person
from bot.sight import reads
from storage.models import Article, ArticleState, Author, Decision, Message
from storage.search import Search
from storage.unit_of_work import UnitOfWork

# What somebody says outweighs what a reply mentions, and that what nobody complained about.
SAID, SENT, UNDISPUTED = 2.0, 1.0, 0.5
ANSWERED = "rule:answered"
_NEAR = 8
# What a menu shows of a title on the narrowest platform.
_SHOWN = 75
_ADDRESS = re.compile(r"https?://[^\s<>|\"'`]{1,2000}")
_UNKNOWN = "No article has this title, id or address. Leave it empty if there is none."
_GONE = "This article is no longer there. Choose another one, or none."
_AMBIGUOUS = "Several articles have this title. Give the id or the address of the one."


def questions(ticket: int, person: Person, uow: UnitOfWork) -> tuple[Choice | Input, ...]:
    """Asked by the form; neither has to be answered. It names what the person may read."""
    decision = uow.escalations.decision_of(ticket)
    refs = [*dict.fromkeys([*decision.cites, *decision.found])][:_NEAR] if decision else []
    known = [uow.articles.by_ref(ref) for ref in refs]
    near = tuple((each.ref, each.title[:_SHOWN]) for each in known if _is_open(each, person))
    hint = "Its title, id or address. It is then found for tickets like this one."
    asked = "Which article solved it?"
    typed = Input("article", asked, required=False, max_length=300, hint=hint)
    if not near:
        return (typed,)
    other = Input("article", "Or another one", required=False, max_length=300, hint=hint)
    return Choice("solved_by", asked, near, required=False), other


def meant(chosen: str, typed: str, person: Person, uow: UnitOfWork) -> Article | None:
    """The article of the form; what is typed goes before what is chosen. To whoever may not read
    one, it is as if there were none. Raises InvalidForm."""
    if not typed.strip():
        if not chosen:
            return None
        known = uow.articles.by_ref(chosen)
        if not _is_open(known, person):
            raise InvalidForm({"solved_by": _GONE})
        return known
    found = [each for each in uow.articles.named(typed) if reads(person, each)]
    if len(found) != 1:
        raise InvalidForm({"article": _AMBIGUOUS if found else _UNKNOWN})
    return found[0]


def _is_open(article: Article | None, person: Person) -> TypeGuard[Article]:
    if article is None or article.state is not ArticleState.PUBLISHED:
        return False
    return reads(person, article)


def learn(
    ticket_id: int,
    uow: UnitOfWork,
    at: datetime,
    said: Article | None = None,
    by: str = "",
) -> None:
    """Keep what is known to have solved the ticket; doing it again adds nothing."""
    conversation = uow.tickets.conversation(ticket_id, public_only=True)
    for message in conversation:
        if message.author is Author.PERSON:
            for article in uow.articles.at_addresses(_addresses(message.body)):
                uow.links.put(ticket_id, article.id, SENT, message.person or "a reply", at)
    by_people = any(message.author is Author.PERSON for message in conversation)
    for ref in [] if by_people else _undisputed(ticket_id, uow):
        cited = uow.articles.by_ref(ref)
        if cited is not None:
            uow.links.put(ticket_id, cited.id, UNDISPUTED, ANSWERED, at)
    if said is not None:
        uow.links.put(ticket_id, said.id, SAID, by, at)
    text = uow.tickets.text(ticket_id)
    if text is not None and uow.links.of_ticket(ticket_id):
        ticket = uow.tickets.get(ticket_id)
        asked = [m for m in conversation if _is_of(m, ticket.customer_id)]
        body = asked[0].body if asked else ""
        Search(uow.session).learn(ticket_id, text.subject, body, ticket.language)


def unlearn(ticket_id: int, uow: UnitOfWork) -> None:
    """An answer that nobody complained about has been complained about."""
    uow.links.withdraw(ticket_id, ANSWERED)


def _undisputed(ticket_id: int, uow: UnitOfWork) -> list[str]:
    """The articles of the agent's answer, where it was sent and no person had to help."""
    decision = uow.escalations.decision_of(ticket_id)
    if decision is None or uow.escalations.last_of(ticket_id) is not None:
        return []
    return decision.cites if _is_sent(decision, uow) else []


def _is_sent(decision: Decision, uow: UnitOfWork) -> bool:
    draft = uow.tickets.message(decision.draft_id) if decision.draft_id else None
    return decision.decision == "answer" and draft is not None and not draft.draft


def _is_of(message: Message, customer: int) -> bool:
    return message.author is Author.CUSTOMER and message.customer_id == customer


def _addresses(text: str) -> list[str]:
    """Each as it stands there, and without what commonly follows an address."""
    found = [match.rstrip(".,;:!?)]}") for match in _ADDRESS.findall(text)]
    plain = [re.split(r"[?#]", each)[0] for each in found]
    return list(dict.fromkeys([*found, *plain, *(each.rstrip("/") for each in plain)]))
