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


def choose(kept: int, candidates: Iterable[int], free: Callable[[int], bool]) -> int:
    """The kept port while it is free, else the first free candidate; a Stop when there is none."""
    for port in (kept, *candidates):
        if free(port):
            return port
    raise Stop("no port is free for the private database.")
