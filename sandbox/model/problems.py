"""Refusals in the API's shape."""

from typing import Any

_KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    503: "api_error",
    529: "overloaded_error",
}


class Problem(Exception):
    def __init__(self, status: int, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = error_body(status, message)
        self.headers = {} if retry_after is None else {"retry-after": f"{retry_after:g}"}


def error_body(status: int, message: str) -> dict[str, Any]:
    kind = _KINDS.get(status, "api_error")
    return {"type": "error", "error": {"type": kind, "message": message}}


def wrong(message: str) -> Problem:
    return Problem(400, message)
