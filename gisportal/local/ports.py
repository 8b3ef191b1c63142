"""Ports of 127.0.0.1: who is there, and which one to take."""

import socket
from collections.abc import Callable, Iterable

from gisportal.local.console import Stop


def is_free(port: int) -> bool:
    """Whether nobody listens on `port` of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose(candidates: Iterable[int], free: Callable[[int], bool]) -> int:
    """The first candidate that is free; a Stop when there is none."""
    for port in candidates:
        if free(port):
            return port
    raise Stop("no port is free for the private database.")
