"""Servers as processes of their own: started, awaited, weighed and ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
READY_WITHIN_S = 60.0
STOP_WITHIN_S = 30.0
LOOK_EVERY_S = 0.005


@dataclass(frozen=True)
class Running:
    """`ready_s` is from the start of the process to the first 200 of `/readyz`."""

    port: int
    pid: int
    ready_s: float

    @property
    def rss_mb(self) -> float:
        """Resident memory now, in megabytes of 1,000,000 bytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise ValueError("the kernel does not say how large the process is")


@contextmanager
def running(
    module: str,
    arguments: Sequence[str],
    port: int,
    log: Path,
    environ: Mapping[str, str] | None = None,
    path: str = "/readyz",
) -> Iterator[Running]:
    """`python -m MODULE ARGUMENTS` from its first 200 to its end."""
    began = time.perf_counter()
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - began > READY_WITHIN_S:
                raise RuntimeError(f"{module} does not start; its words are in {log}")
            time.sleep(LOOK_EVERY_S)
        yield Running(port, process.pid, time.perf_counter() - began)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1.0) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
            return b" 200 " in connection.recv(64)
    except OSError:
        return False
