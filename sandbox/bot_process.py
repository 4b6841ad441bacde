"""The bot as a process of its own: prepared, started, watched, killed and started again."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx

from sandbox.plain_http import NO_ROOTS

Json = dict[str, Any]
State = Literal["starting", "importing", "ready", "stopped"]

DATABASE = "BACKSTOP_DATABASE_URL"
READY_WITHIN_S = 60.0
LOOK_EVERY_S = 0.05
STOP_WITHIN_S = 10.0
# After a crash of its own the bot is given time; after a pulled plug it starts at once.
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
NOTE_CHARACTERS = 400


@dataclass(frozen=True)
class Launch:
    """How the bot is started: `python -m bot run --config FILE` and what it needs first.

    `imports` are pairs such as ("articles", FILE), read into the bot before its first start.
    `url` is where `/readyz` answers, `log` the file that takes everything the bot prints.
    """

    config: Path
    url: str
    log: Path
    environment: Mapping[str, str]
    imports: Sequence[tuple[str, Path]] = ()
    command: Sequence[str] = (sys.executable, "-m", "bot")

    def line(self, *arguments: str) -> list[str]:
        return [*self.command, *arguments, "--config", str(self.config)]


@dataclass
class Record:
    """What the supervisor has seen; times are Unix seconds."""

    state: State = "stopped"
    pid: int | None = None
    starts: int = 0
    kills: int = 0
    last_ready: float | None = None
    ready_seconds: float | None = None
    last_exit: int | None = None
    note: str = ""
    failures: int = field(default=0, repr=False)


class BotProcess:
    """Keeps one bot running from `start` to `stop`, whatever ends it in between.

    `install` gets the manifest that the bot prints, before its first start.
    """

    def __init__(self, launch: Launch, install: Callable[[Json], None]) -> None:
        self.launch = launch
        self.record = Record()
        self._install = install
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._imported = False
        self._installed = False
        self._pulled = False

    async def start(self) -> None:
        """Begin to supervise; returns at once, `record.state` says how far the bot is."""
        if self._task is None or self._task.done():
            self.record.failures = 0
            self.record.state = "starting"
            self._task = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """Ask the bot to end, and insist after ten seconds."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        process = self._process
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
            except TimeoutError:
                process.kill()
                await process.wait()
        self._gone()

    def kill(self) -> int | None:
        """Kill -9; return the process id, or None when nothing runs."""
        process = self._process
        if process is None or self.record.pid is None:
            return None
        self._pulled = True
        process.kill()
        self.record.kills += 1
        self.record.state = "stopped"
        self.record.pid = None
        return process.pid

    def status(self) -> Json:
        record = self.record
        return {
            "state": record.state,
            "running": record.pid is not None,
            "pid": record.pid,
            "starts": record.starts,
            "kills": record.kills,
            "last_ready": record.last_ready,
            "ready_seconds": record.ready_seconds,
            "last_exit": record.last_exit,
            "note": record.note,
            "database": self.launch.environment.get(DATABASE, "").partition(":")[0],
        }

    async def _supervise(self) -> None:
        while self.record.failures < len(PAUSES_S):
            await asyncio.gather(self._import(), self._read_manifest())
            self.record.state = "starting"
            await self._run_once()
            if not self._pulled:
                await asyncio.sleep(PAUSES_S[min(self.record.failures, len(PAUSES_S) - 1)])
                self.record.failures += 1
            self._pulled = False
        self.record.state = "stopped"

    async def _import(self) -> None:
        if self._imported:
            return
        self.record.state = "importing"
        for kind, path in self.launch.imports:
            await self._ask("import", kind, str(path))
        self._imported = True

    async def _read_manifest(self) -> None:
        if self._installed:
            return
        printed = await self._ask("manifest", "slack")
        if printed is None:
            return
        try:
            self._install(json.loads(printed))
            self._installed = True
        except ValueError as error:
            self._remark(f"The workspace does not take the manifest: {error}")

    async def _ask(self, *arguments: str) -> bytes | None:
        """Run one command of the bot to its end; None, and a note, when it failed."""
        process = await asyncio.create_subprocess_exec(
            *self.launch.line(*arguments),
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            printed, complaints = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        with self.launch.log.open("ab") as log:
            log.write(complaints)
        if process.returncode == 0:
            return printed
        self._remark(complaints.decode(errors="replace"))
        return None

    async def _run_once(self) -> None:
        began = time.monotonic()
        with self.launch.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self.launch.line("run"),
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
            )
        self._process = process
        self.record.pid = process.pid
        self.record.starts += 1
        watch = asyncio.create_task(self._await_ready(began, process.pid))
        self.record.last_exit = await process.wait()
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        if not self._pulled:
            self._remark(self._last_words())
        self._gone()

    async def _await_ready(self, began: float, pid: int) -> None:
        async with httpx.AsyncClient(trust_env=False, verify=NO_ROOTS, timeout=2.0) as client:
            while time.monotonic() - began < READY_WITHIN_S:
                # A bot killed a moment ago may have answered just before.
                if await self._is_ready(client) and self.record.pid == pid:
                    self.record.state = "ready"
                    self.record.failures = 0
                    self.record.note = ""
                    self.record.last_ready = time.time()
                    self.record.ready_seconds = time.monotonic() - began
                    return
                await asyncio.sleep(LOOK_EVERY_S)
        self._remark(f"The bot was not ready within {READY_WITHIN_S:.0f} seconds.")

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.launch.url}/readyz")).status_code == 200
        except httpx.HTTPError:
            return False

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.launch.environment, "PYTHONUNBUFFERED": "1"}

    def _gone(self) -> None:
        self.record.pid = None
        self.record.state = "stopped"

    def _remark(self, text: str) -> None:
        """Keep the end of it; of a traceback the last line says what a reader can use."""
        last = text.strip()[-NOTE_CHARACTERS:]
        self.record.note = last.splitlines()[-1] if "\n  File " in last else last

    def _last_words(self) -> str:
        return self.launch.log.read_text("utf-8", errors="replace")
