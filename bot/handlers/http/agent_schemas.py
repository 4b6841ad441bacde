"""What other agents send, as closed schemas; its OpenAPI document is made from them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scope = Literal["escalations", "acts", "resolutions"]

_TICKET = Annotated[
    str,
    Field(
        min_length=2,
        max_length=200,
        description="SOURCE:REF of the help desk, or #N as Backstop counts.",
        examples=["zendesk:1017"],
    ),
]
_WORDS = Annotated[str, Field(max_length=4000, examples=["They want to speak with a person."])]
_CATEGORY = Annotated[
    str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$", examples=["billing"], default="")
]


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class EscalationBody(_Closed):
    """A ticket that a person is to take."""

    ticket: _TICKET
    reason: Annotated[
        str, Field(min_length=3, max_length=1000, examples=["They ask for a person."])
    ]
    summary: Annotated[str, Field(max_length=300, examples=["The rota prints blank."])] = ""
    tried: _WORDS = ""


class ActBody(_Closed):
    """`args` are those of the act's kind, without ticket and customer. Money is whole minor
    units."""

    ticket: _TICKET
    kind: Literal["refund", "account_change", "reply"]
    args: Annotated[
        dict[str, Any],
        Field(
            examples=[
                {"charge": "ch_1", "amount": 4900, "currency": "USD", "reason": "Charged twice."}
            ]
        ),
    ]
    category: _CATEGORY


class ResolutionBody(_Closed):
    """What the customer was told by the agent, and the articles that it rests on."""

    ticket: _TICKET
    answer: Annotated[str, Field(min_length=1, max_length=10000, examples=["Open Roster, then …"])]
    cites: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=20)] = []
    category: _CATEGORY


BODIES: dict[str, tuple[Scope, type[_Closed]]] = {
    "/v1/escalations": ("escalations", EscalationBody),
    "/v1/acts": ("acts", ActBody),
    "/v1/resolutions": ("resolutions", ResolutionBody),
}
STATES = (
    *("received", "observed", "forbidden", "repeated", "waiting", "changes_wanted", "approved"),
    *("running", "done", "refused", "unknown", "rejected", "expired", "withdrawn"),
)


def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    schemas = {model.__name__: model.model_json_schema() for _, model in BODIES.values()}
    schemas |= {"Standing": _STANDING, "Problem": _PROBLEM}
    paths: dict[str, Any] = {
        path: {"post": _post(scope, model.__name__)} for path, (scope, model) in BODIES.items()
    }
    paths["/v1/acts/{id}"] = {"get": _GET}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Backstop, for other agents", "version": "1.0.0"},
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
_STANDING: dict[str, Any] = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "integer"},
        "state": {"enum": [*STATES, "escalated", "resolved"]},
        "version": {"type": "integer"},
        "gate": {"type": "string"},
        "expires_at": {"type": "string", "format": "date-time"},
        "question": {"type": "string"},
        "reason": {"type": "string"},
        "receipt": {"type": "string"},
    },
}
_WRONG = {
    "400": "The body is not JSON, or the key is missing.",
    "401": "No key, or one that does not count.",
    "403": "The key does not reach so far.",
    "409": "This idempotency key was used for something else.",
    "413": "The body is too large.",
    "422": "Something in it is wrong; `fields` say what.",
    "503": "Not stored: send it again with the same key.",
}


def _answers(*codes: str) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": _WRONG[code], "content": problem} for code in codes}


def _told(code: str, words: str) -> dict[str, Any]:
    standing = {"application/json": {"schema": {"$ref": "#/components/schemas/Standing"}}}
    return {code: {"description": words, "content": standing}}


def _post(scope: Scope, model: str) -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Of your choice; the same for the same wish, remembered for 14 days.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    }
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
    return {
        "operationId": f"post_{scope}",
        "summary": f"Takes the scope {scope}.",
        "parameters": [key],
        "requestBody": {"required": True, "content": body},
        "responses": _told("202", "Taken.")
        | _answers("400", "401", "403", "409", "413", "422", "503"),
    }


_GET: dict[str, Any] = {
    "operationId": "get_act",
    "summary": "How an act of yours stands; takes the scope acts.",
    "parameters": [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    ],
    "responses": _told("200", "As it is now.")
    | {"404": {"description": "No act of yours."}}
    | _answers("401", "403", "503"),
}
