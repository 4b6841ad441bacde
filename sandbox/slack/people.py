"""The people of a workspace, members and others, as the API and as a client show them."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """One account. `team_id` other than the workspace's makes it a Slack Connect person."""

    id: str
    name: str
    team_id: str
    real_name: str = ""
    title: str = ""
    email: str = ""
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    updated: int = 0

    @classmethod
    def read(cls, facts: Json, team_id: str) -> "Person":
        """Takes what it knows from `facts`; roles, skills and the like are not Slack's business."""
        known = {key: facts[key] for key in cls.__dataclass_fields__ if facts.get(key) is not None}
        return cls(**{"team_id": team_id, "real_name": facts.get("name", ""), **known})

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted

    def to_seat(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "real_name": self.real_name,
            "title": self.title,
            "email": self.email,
            "tz": self.tz,
            "team_id": self.team_id,
            "is_bot": self.is_bot,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "deleted": self.deleted,
        }

    def to_profile(self, with_email: bool) -> Json:
        profile: Json = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "title": self.title,
            "status_text": "",
            "status_emoji": "",
            "team": self.team_id,
        }
        if with_email and self.email and not self.is_bot:
            profile["email"] = self.email
        return profile

    def to_api(self, home_team: str, with_email: bool) -> Json:
        """The user object. `is_stranger` is present for people of other workspaces alone."""
        user: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }
        foreign = self.team_id != home_team
        user["profile"] = self.to_profile(with_email and not foreign)
        if foreign:
            user["is_stranger"] = self.is_stranger
        if self.deleted:
            return user
        user.update(
            real_name=self.real_name,
            tz=self.tz,
            locale=self.locale,
            is_admin=False,
            is_owner=False,
            is_primary_owner=False,
            is_restricted=self.is_restricted,
            is_ultra_restricted=self.is_ultra_restricted,
            is_email_confirmed=True,
        )
        return user
