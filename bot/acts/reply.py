"""A message to the customer that a gate holds until somebody has read it."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from bot.acts.schema import Act, Editable, Prose, Row


class Reply(Act):
    """`text` goes out exactly so; `language` is an ISO 639-1 code."""

    kind: Literal["reply"] = "reply"
    ticket: Row
    text: Prose
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    editable: ClassVar[Sequence[Editable]] = (
        Editable(
            "text",
            "Message",
            "The customer reads exactly this.",
            multiline=True,
            read_over=True,
        ),
    )

    @property
    def label(self) -> str:
        return "Message to a customer"

    @property
    def about(self) -> str:
        """Other words to the same customer are another message."""
        return f"reply:{self.ticket}:{hashlib.sha256(self.text.encode()).hexdigest()}"

    def facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Act", self.label),
            ("Message", self.text),
            ("Language", self.language),
            ("Ticket", str(self.ticket)),
        )
