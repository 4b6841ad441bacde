"""What the look-ups answer: short, hidden like the ticket's words, and never another customer's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from bot.agent.briefing import Briefing, Passage
from bot.agent.claude.tools import (
    LOOKUPS,
    Closed,
    LookUpCustomer,
    LookUpSimilar,
    ReadArticle,
    SearchArticles,
)
from bot.agent.fencing import customer_of, fenced, hide_all
from bot.agent.looking import Records
from bot.agent.passages import passages_of
from bot.agent.redaction import Redaction
from bot.personal import beginning

_EXCERPT = 400
_WHOLE = 12_000
_PAST = 1_000
_SIMILAR = 3


class Lookups:
    """One ticket's. `read` are the articles that were found or read: what may be cited."""

    def __init__(self, briefing: Briefing, records: Records, redaction: Redaction) -> None:
        self._briefing, self._records, self._redaction = briefing, records, redaction
        self.read: dict[str, Passage] = {each.article: each for each in briefing.passages}
        self._answers: Mapping[type[Closed], Callable[[Any], Any]] = {
            SearchArticles: self._search,
            ReadArticle: self._article,
            LookUpCustomer: self._customer,
            LookUpSimilar: self._similar,
        }

    def answer(self, tool: str, args: Any) -> tuple[str, bool]:
        """The text that goes back, and whether it is a refusal."""
        try:
            asked = LOOKUPS[tool].model_validate(args)
        except ValidationError as error:
            fields = ", ".join(str(each["loc"][-1]) for each in error.errors() if each["loc"])
            return f"These arguments are not of the tool's form: {fields or tool}.", True
        found = self._answers[type(asked)](asked)
        return (found, True) if isinstance(found, str) else (fenced(found), False)

    def _search(self, asked: SearchArticles) -> Any:
        found = self._records.articles(self._redaction.restore(asked.query))
        # What was read before keeps the score it came with.
        self.read = {each.article: each for each in found} | self.read
        return [
            {
                "article": each.article,
                "title": each.title,
                "language": each.language,
                "begins": each.text[:_EXCERPT],
                "solved_tickets_alike": round(each.linked, 2),
            }
            for each in found
        ]

    def _article(self, asked: ReadArticle) -> Any:
        found = self._records.article(asked.article)
        if found is None:
            return "There is no such article that customers may read."
        known = self.read.get(found.article)
        self.read[found.article] = replace(found, score=known.score if known else 0.0)
        numbered = {
            str(number): text for number, text in enumerate(passages_of(found.text[:_WHOLE]), 1)
        }
        return {"article": found.article, "title": found.title, "passages": numbered}

    def _customer(self, asked: LookUpCustomer) -> Any:
        facts = self._briefing.customer
        if facts is None or asked.customer != facts.id:
            return "Only the ticket's own customer can be looked up."
        return hide_all(customer_of(facts), self._redaction.hide)

    def _similar(self, asked: LookUpSimilar) -> Any:
        words = self._redaction.restore(asked.query)
        found = self._records.resolved_like(words, self._briefing.ticket)[:_SIMILAR]
        answers = []
        for past in found:
            others = Redaction(past.names)
            answers.append(
                {
                    "subject": others.blot(past.subject),
                    "category": past.category,
                    "our_answer": others.blot(beginning(past.told, _PAST)),
                    "solved_by": list(past.articles),
                }
            )
        return answers
