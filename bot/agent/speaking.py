"""Answers written while a person waits: the port behind `/kb` where a model is connected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.agent.briefing import Passage, Sentence


@dataclass(frozen=True)
class Spoken:
    """A whole answer, sentence by sentence; without sentences no article says anything to it."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


class Speaker(Protocol):
    def answer(
        self,
        question: str,
        passages: Sequence[Passage],
        said: Callable[[Sequence[Sentence]], None],
    ) -> Spoken:
        """Answer out of these articles alone.

        `said` is called with all sentences that are whole so far, citations included, again and
        again, on the thread that asked. Raises `bot.errors.OutsideError` where the model is
        away, over its budget or broke off: what `said` was shown by then is no answer.
        """
        ...
