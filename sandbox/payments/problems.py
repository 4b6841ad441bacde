"""Refusals in Stripe's shape."""

from typing import Any


class Problem(Exception):
    """One refusal; `is_kept` says whether it is stored under the idempotency key.

    Stripe keeps results from the moment an operation starts, so a refusal of malformed
    parameters is not kept, and one that the books demand is.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        kind: str = "invalid_request_error",
        is_kept: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_kept = is_kept
        error = {"type": kind, "message": message, "code": code, "param": param}
        self.body: dict[str, Any] = {
            "error": {name: value for name, value in error.items() if value is not None}
        }


def missing(what: str, wanted: str, param: str = "id") -> Problem:
    return Problem(404, f"No such {what}: '{wanted}'", code="resource_missing", param=param)


def bad_parameter(param: str, code: str, message: str) -> Problem:
    return Problem(400, message, code=code, param=param)


def server_error() -> Problem:
    return Problem(500, "Something went wrong on the provider's side.", kind="api_error")


def rate_limited() -> Problem:
    return Problem(429, "Too many requests at once.", code="rate_limit")


def key_in_use(key: str) -> Problem:
    message = f"A request with the idempotency key '{key}' is still under way."
    return Problem(409, message, code="idempotency_key_in_use", kind="idempotency_error")


def key_reused(key: str) -> Problem:
    message = f"The idempotency key '{key}' was first used with other parameters."
    return Problem(400, message, kind="idempotency_error")
