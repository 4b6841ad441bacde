"""Collects what is wrong with a layout, in the words and pointers of Slack's answers."""

from collections.abc import Collection
from typing import Any

from sandbox.slack.people import Json
from sandbox.slack.properties import TEXT


class Findings:
    """Complaints with JSON pointers, and the number of characters seen on the way."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.characters = 0

    def add(self, complaint: str, pointer: str) -> None:
        self.messages.append(f"{complaint} [json-pointer:{pointer}]")

    def only(self, owner: Json, known: Collection[str], pointer: str) -> None:
        """Refuses whatever else stands there."""
        for key in owner.keys() - set(known):
            self.add(f"invalid additional property: {key}", pointer)

    def string(self, owner: Json, key: str, most: int, pointer: str, least: int = 1) -> str | None:
        """A required string, or None when it was complained about."""
        if owner.get(key) is None:
            self.add(f"missing required field: {key}", pointer)
            return None
        return self.optional_string(owner, key, most, pointer, least)

    def optional_string(
        self, owner: Json, key: str, most: int, pointer: str, least: int = 1
    ) -> str | None:
        value = owner.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.add("must be a string", f"{pointer}/{key}")
            return None
        if len(value) < least:
            self.add(f"must be more than {least - 1} characters", f"{pointer}/{key}")
        elif len(value) > most:
            self.add(f"must be less than {most + 1} characters", f"{pointer}/{key}")
        return value

    def text(self, owner: Json, key: str, most: int, pointer: str, plain: bool = False) -> None:
        """A required text object; `plain` refuses mrkdwn."""
        if owner.get(key) is None:
            self.add(f"missing required field: {key}", pointer)
        else:
            self.text_object(owner[key], most, f"{pointer}/{key}", plain)

    def optional_text(
        self, owner: Json, key: str, most: int, pointer: str, plain: bool = True
    ) -> None:
        if owner.get(key) is not None:
            self.text_object(owner[key], most, f"{pointer}/{key}", plain)

    def text_object(self, text: Any, most: int, pointer: str, plain: bool) -> None:
        if not isinstance(text, dict):
            self.add("must provide an object", pointer)
            return
        kind = text.get("type")
        if kind not in ("plain_text", "mrkdwn") or (plain and kind != "plain_text"):
            self.add(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            self.only(text, TEXT[kind], pointer)
        said = self.string(text, "text", most, pointer)
        self.characters += len(said or "")

    def items(
        self, owner: Json, key: str, least: int, most: int, pointer: str
    ) -> list[tuple[str, Json]]:
        """The objects of a required list, each with its pointer."""
        values = owner.get(key)
        if not isinstance(values, list):
            self.add(f"missing required field: {key}", pointer)
            return []
        if len(values) < least:
            self.add(f"no fewer than {least} items allowed", f"{pointer}/{key}")
        if len(values) > most:
            self.add(f"no more than {most} items allowed", f"{pointer}/{key}")
        pairs = [(f"{pointer}/{key}/{at}", value) for at, value in enumerate(values)]
        for place, value in pairs:
            if not isinstance(value, dict):
                self.add("must provide an object", place)
        return [(place, value) for place, value in pairs if isinstance(value, dict)]
