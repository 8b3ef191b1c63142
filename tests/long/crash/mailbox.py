"""A mail server on the loopback that remembers what came, and when."""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Self

from aiosmtpd.controller import Controller


@dataclass(frozen=True, slots=True)
class Delivery:
    at: float
    """By `time.monotonic`."""
    message_id: str
    to: str


class Mailbox:
    """Takes every letter; `deliveries` are in the order in which they came."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.deliveries: list[Delivery] = []
        self.came = threading.Event()
        self._server = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message_id = message_from_bytes(envelope.content)["Message-ID"]
        self.deliveries.append(Delivery(time.monotonic(), message_id, envelope.rcpt_tos[0]))
        self.came.set()
        return "250 OK"

    def times_delivered(self) -> Counter[str]:
        return Counter(delivery.message_id for delivery in self.deliveries)


def unexplained(deliveries: list[Delivery], breaks: list[float]) -> list[str]:
    """Letters that came again though nothing broke right after they had come the time before.

    `breaks` are the moments at which the worker, or its database, was there again. One worker sends one letter at
    a time, so only the last one before a break can have been taken by the mail server without our knowing.
    """
    last_before = {max((d.at for d in deliveries if d.at < moment), default=None) for moment in breaks}
    seen: dict[str, Delivery] = {}
    found = []
    for delivery in deliveries:
        before = seen.get(delivery.message_id)
        if before is not None and before.at not in last_before:
            found.append(delivery.message_id)
        seen[delivery.message_id] = delivery
    return found
