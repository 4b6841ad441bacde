"""A conversation and what was said in it."""

from bisect import bisect_left, bisect_right, insort
from collections import deque
from dataclasses import dataclass, field

from sandbox.slack.people import Json

EPHEMERALS_KEPT = 200


@dataclass
class Channel:
    """A channel, private channel or direct message with its messages, oldest first.

    `timeline` holds the timestamps of what stands in the channel itself and `threads` those of
    the replies below each of them; `messages` holds both. `connected` are the other workspaces
    whose people are there by Slack Connect.
    """

    id: str
    name: str
    members: set[str]
    is_private: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    connected: set[str] = field(default_factory=set)
    is_archived: bool = False
    topic: str = ""
    user: str = ""
    created: int = 0
    timeline: list[str] = field(default_factory=list)
    messages: dict[str, Json] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    ephemerals: deque[tuple[str, Json]] = field(
        default_factory=lambda: deque(maxlen=EPHEMERALS_KEPT)
    )
    unread: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The family of scopes that opens it: channels, groups or im."""
        if self.is_im:
            return "im"
        return "groups" if self.is_private else "channels"

    def connect(self, team: str) -> None:
        self.is_ext_shared = True
        self.connected.add(team)

    def add(self, message: Json) -> None:
        ts, root = message["ts"], message.get("thread_ts")
        self.messages[ts] = message
        if root is None or root == ts or message.get("subtype") == "thread_broadcast":
            insort(self.timeline, ts)
        if root is not None and root != ts:
            self.threads.setdefault(root, []).append(ts)
            self._count_replies(root)

    def remove(self, ts: str) -> Json:
        message = self.messages.pop(ts)
        place = bisect_left(self.timeline, ts)
        if place < len(self.timeline) and self.timeline[place] == ts:
            del self.timeline[place]
        root = message.get("thread_ts")
        if root is not None and root != ts and ts in self.threads.get(root, ()):
            self.threads[root].remove(ts)
            self._count_replies(root)
        return message

    def between(self, stamps: list[str], oldest: str, latest: str, inclusive: bool) -> list[str]:
        """The timestamps within the bounds, which count only when `inclusive`."""
        if inclusive:
            return stamps[bisect_left(stamps, oldest) : bisect_right(stamps, latest)]
        return stamps[bisect_right(stamps, oldest) : bisect_left(stamps, latest)]

    def ephemeral(self, user: str, ts: str) -> Json | None:
        return next((m for to, m in self.ephemerals if to == user and m["ts"] == ts), None)

    def drop_ephemeral(self, user: str, ts: str) -> None:
        kept = [(to, m) for to, m in self.ephemerals if not (to == user and m["ts"] == ts)]
        self.ephemerals.clear()
        self.ephemerals.extend(kept)

    def to_api(self, is_member: bool, home_team: str) -> Json:
        if self.is_im:
            return {
                "id": self.id,
                "created": self.created,
                "is_im": True,
                "is_archived": self.is_archived,
                "is_org_shared": False,
                "user": self.user,
                "is_user_deleted": False,
                "priority": 0,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "created": self.created,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_general": self.name == "general",
            "is_shared": self.is_ext_shared,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "shared_team_ids": [home_team, *sorted(self.connected)],
            "pending_connected_team_ids": [],
            "is_member": is_member,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }

    def _count_replies(self, root: str) -> None:
        parent, replies = self.messages.get(root), self.threads[root]
        if parent is None:
            return
        if not replies:
            for key in ("thread_ts", "reply_count", "reply_users", "latest_reply"):
                parent.pop(key, None)
            return
        parent["thread_ts"] = root
        parent["reply_count"] = len(replies)
        parent["latest_reply"] = replies[-1]
        users = parent.setdefault("reply_users", [])
        if (user := self.messages[replies[-1]].get("user")) not in users:
            users.append(user)
