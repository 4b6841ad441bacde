"""Answers to a colleague's question, streamed while they wait, with the passages behind them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.agent.briefing import Citation, Passage, Sentence
from bot.agent.claude.budget import Purse
from bot.agent.claude.model import Asking, Model
from bot.agent.fencing import fenced
from bot.agent.looking import OverBudget, Spending
from bot.agent.passages import passages_of
from bot.agent.redaction import Redaction
from bot.agent.speaking import Spoken
from bot.config.agent import AgentSettings
from bot.errors import Refused, TryLater
from bot.personal import beginning

NOTHING = "NOTHING"
_ARTICLES, _PASSAGES = 5, 60
_MARKS = re.compile(r"[ ]?\[(\d{1,3})\]")
_ENDS = re.compile(r"(?<=[.!?…:])(?<!\d\.)((?:[ ]?\[\d{1,3}\])*)(?:\s+|$)|\n+")


class ClaudeSpeaker:
    def __init__(
        self, model: Model, asking: Asking, settings: AgentSettings, spending: Spending
    ) -> None:
        self._model, self._asking, self._settings = model, asking, settings
        self._spending = spending

    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        said: Callable[[Sequence[Sentence]], None],
    ) -> Spoken:
        """Over a budget it is Refused; where the answer grew too long, it is no answer either."""
        redaction = Redaction()
        places, told = _numbered(passages, redaction)
        prompt = (
            f"{told}\n<question>\n{fenced(redaction.hide(beginning(question, 4_000)))}\n</question>"
        )
        purse = Purse(self._settings.budget, self._settings.prices, self._spending)

        def finished(text: str) -> tuple[Sentence, ...]:
            sentences = _sentences(text, places)
            return tuple(replace(each, text=redaction.restore(each.text)) for each in sentences)

        def heard(text: str) -> None:
            # The last one is still being written, or its citations are.
            if whole := finished(text)[:-1]:
                said(whole)

        try:
            reply = self._model.ask(
                self._asking,
                [{"role": "user", "content": prompt}],
                self._model.now() + self._settings.timeout.total_seconds(),
                purse,
                heard,
            )
        except OverBudget:
            raise Refused("over_budget") from None
        if reply.stop != "end_turn":
            raise TryLater(f"the answer ended with {reply.stop}")
        if reply.text.strip() == NOTHING:
            return Spoken(())
        return Spoken(finished(reply.text))


def _numbered(
    passages: Sequence[Passage], redaction: Redaction
) -> tuple[tuple[Citation, ...], str]:
    """One row of numbers over all articles, and what each number stands for."""
    places: list[Citation] = []
    told: list[dict[str, object]] = []
    for article in passages[:_ARTICLES]:
        for number, text in enumerate(passages_of(article.text), 1):
            if len(places) < _PASSAGES:
                places.append(Citation(article.article, number))
                told.append(
                    {"number": len(places), "of": article.title, "text": redaction.hide(text)}
                )
    return tuple(places), f"<passages>\n{fenced(told)}\n</passages>"


def _sentences(text: str, places: Sequence[Citation]) -> list[Sentence]:
    sentences, begins = [], 0
    for end in [*_ENDS.finditer(text), None]:
        whole = text[begins : end.end() if end else len(text)]
        begins = end.end() if end else len(text)
        numbers = [int(number) for number in _MARKS.findall(whole)]
        cites = tuple(places[number - 1] for number in numbers if 0 < number <= len(places))
        if words := _MARKS.sub("", whole).strip():
            sentences.append(Sentence(words, tuple(dict.fromkeys(cites))))
    return sentences
