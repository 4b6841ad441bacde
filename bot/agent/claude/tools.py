"""What the model may call, as closed schemas: of acts the very types that the policy checks.

Each look-up answers and the conversation goes on; a decision ends it. The API holds the model to
the schemas; that they were kept to is checked again here, since whatever answers at the API's
address may send anything.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

import anthropic
from pydantic import BaseModel, ConfigDict, Field, create_model

from bot.acts import ACTS
from bot.agent.noticing import RULES

# What a model may notice of itself; the words that show it are looked for by nobody.
NOTICED = Literal[
    "injection",
    "spam",
    "safety",
    "legal",
    "distress",
    "threat",
    "human_wanted",
    "repeated_contact",
    "integration",
    "secrecy",
    "vague",
]
MOST_QUESTIONS = 3


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Assessment(Closed):
    """How you read the ticket as a whole."""

    category: Annotated[str, Field(description="One of the categories in the instructions.")]
    severity: Annotated[
        int,
        Field(
            ge=1, le=4, description="1 a question, 2 fails, 3 blocked or urgent, 4 harm or outage."
        ),
    ]
    sentiment: Annotated[int, Field(ge=-2, le=2, description="-2 distressed to 2 delighted.")]
    confidence: Annotated[float, Field(ge=0, le=1, description="That this settles the ticket.")]
    signals: Annotated[list[NOTICED], Field(description="What you notice; often nothing.")]
    summary: Annotated[str, Field(max_length=300, description="The ticket in one line.")]


class SearchArticles(Closed):
    """Search the articles that customers may read."""

    query: Annotated[str, Field(max_length=500)]


class ReadArticle(Closed):
    """Read one article whole, with its numbered passages."""

    article: Annotated[str, Field(max_length=200)]


class LookUpCustomer(Closed):
    """What the record says of the ticket's customer; of no other."""

    customer: int


class LookUpSimilar(Closed):
    """Resolved tickets near these words: what our people answered, which articles solved them."""

    query: Annotated[str, Field(max_length=500)]


class Cite(Closed):
    article: str
    passage: Annotated[int, Field(ge=1)]


class Line(Closed):
    """One sentence to the customer. One that states a fact cites the passages that say it."""

    text: Annotated[str, Field(min_length=1, max_length=2_000)]
    cites: list[Cite]


class Decided(Closed):
    assessment: Assessment


class Propose(Decided):
    """The act stands in its place unchecked: `bot.acts` refuses it in words of its own."""

    act: dict[str, Any]


class Answer(Decided):
    """Answer the customer out of articles. Only where they settle what was asked."""

    sentences: Annotated[list[Line], Field(min_length=1, max_length=40)]


class AskCustomer(Decided):
    """Ask for what is missing, at most three questions at once."""

    questions: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]],
        Field(min_length=1, max_length=MOST_QUESTIONS),
    ]


class Escalate(Decided):
    """Hand the ticket to a person, with what they should know."""

    reason: Annotated[str, Field(min_length=1, max_length=1_000)]


class WordingFinding(Closed):
    rule: Literal[tuple(RULES)]  # type: ignore[valid-type]  # the table is the one list of them
    grave: Annotated[bool, Field(description="It must not leave before a person has looked.")]
    quote: Annotated[str, Field(max_length=300, description="Exactly as it stands in the text.")]
    suggestion: Annotated[str, Field(min_length=1, max_length=300)]


class WordingReport(Closed):
    """Say how the letter reads; often there is nothing to find."""

    findings: Annotated[list[WordingFinding], Field(max_length=len(RULES))]


WORDING = "report_wording"
LOOKUPS: Mapping[str, type[Closed]] = MappingProxyType(
    {
        "search_articles": SearchArticles,
        "read_article": ReadArticle,
        "look_up_customer": LookUpCustomer,
        "look_up_similar": LookUpSimilar,
    }
)
PROPOSING: Mapping[str, str] = MappingProxyType({f"propose_{kind}": kind for kind in ACTS})
DECISIONS: Mapping[str, type[Decided]] = MappingProxyType(
    {
        **dict.fromkeys(PROPOSING, Propose),
        "answer": Answer,
        "ask_customer": AskCustomer,
        "escalate": Escalate,
    }
)


def schemas() -> list[dict[str, Any]]:
    """In the API's form; the last carries the mark up to which tools are cached."""
    told = [_tool(name, closed, closed.__doc__ or "") for name, closed in LOOKUPS.items()]
    for name, kind in PROPOSING.items():
        act = ACTS[kind]
        whole = create_model(name, __base__=Decided, act=act)
        told.append(_tool(name, whole, f"Propose this act; people decide on it. {act.__doc__}"))
    others = (name for name in DECISIONS if name not in PROPOSING)
    told += [_tool(name, DECISIONS[name], DECISIONS[name].__doc__ or "") for name in others]
    told[-1]["cache_control"] = {"type": "ephemeral"}
    return told


def wording_schemas() -> list[dict[str, Any]]:
    return [_tool(WORDING, WordingReport, WordingReport.__doc__ or "")]


def _tool(name: str, closed: type[BaseModel], told: str) -> dict[str, Any]:
    # What the API cannot enforce (lengths, bounds) goes into descriptions and is checked by us.
    schema = anthropic.transform_schema(closed)
    return {"name": name, "description": told, "strict": True, "input_schema": schema}
