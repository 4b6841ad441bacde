"""Loopback ports for processes that are started a moment later, or started again."""

import contextlib
import secrets
import socket

# Asked for port 0, the kernel names one out of the range from which it also serves outgoing
# connections (32768 up on Linux, 49152 up elsewhere): gone again before a slow process listens.
LOWEST, HIGHEST = 10_000, 32_000


def free_port() -> int:
    """Return a port of 127.0.0.1 where nothing listens and no outgoing connection will start."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
