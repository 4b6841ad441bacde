"""Identifiers in Slack's manner."""

import uuid


def new_ident(prefix: str) -> str:
    return prefix + uuid.uuid4().hex[:12].upper()


def new_secret() -> str:
    return uuid.uuid4().hex
