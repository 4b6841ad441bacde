"""Live updates to the people who sit at a client."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable

from sandbox.slack.people import Json

KEEPALIVE_S = 15.0
BACKLOG = 1000


class Feed:
    """Fans changes out to open streams; costs nothing while nobody watches."""

    def __init__(self) -> None:
        self._watchers: dict[str, set[asyncio.Queue[Json | None]]] = {}

    @property
    def watched(self) -> bool:
        return bool(self._watchers)

    def tell(self, users: Iterable[str], news: Json) -> None:
        for user in users:
            for queue in self._watchers.get(user, ()):
                # A page that does not read loses news rather than growing the sandbox;
                # it reloads the channel when it looks at it again.
                if queue.qsize() < BACKLOG:
                    queue.put_nowait(news)

    def tell_all(self, news: Json) -> None:
        self.tell(list(self._watchers), news)

    def close(self) -> None:
        for queues in self._watchers.values():
            for queue in queues:
                queue.put_nowait(None)

    async def watch(self, user: str) -> AsyncIterator[str]:
        """Server-Sent Events until the reader goes away; a comment line keeps proxies awake."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._watchers.setdefault(user, set()).add(queue)
        try:
            yield ": open\n\n"
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), KEEPALIVE_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if news is None:
                    return
                yield f"data: {json.dumps(news)}\n\n"
        finally:
            self._watchers[user].discard(queue)
            if not self._watchers[user]:
                del self._watchers[user]
