"""Two ways to the portal: its WSGI application in this process, and a real server on the loopback."""

import io
import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from django.conf import settings

from gisportal.local.serve import THREADS, WORKERS

HOST = "127.0.0.1"
PATIENCE_S = 60
IDLE_S = 10
"""The server hangs up after 30 idle seconds, so an older connection is replaced before it is used."""


class Sender(Protocol):
    """Sends a request; answers with status and body."""

    def send(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Headers with their HTTP names."""


def get(sender: Sender, address: str) -> bytes:
    """The body at this address; RuntimeError for any status but 200."""
    return expect(sender.send("GET", address), 200)


def expect(answer: tuple[int, bytes], *statuses: int) -> bytes:
    """The answer's body; RuntimeError where its status is another one."""
    status, body = answer
    if status not in statuses:
        raise RuntimeError(f"status {status}: {body[:500].decode(errors='replace')}")
    return body


class InProcess:
    """The whole application with its middleware, but no socket."""

    def __init__(self) -> None:
        from gisportal.bench.wsgi import application

        self._application = application

    def send(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        statuses: list[str] = []
        answer = self._application(
            _environ(method, address, body, headers or {}),
            lambda status, headers, error=None: statuses.append(status),  # type: ignore[arg-type]
        )
        content = b"".join(answer)
        answer.close()
        return int(statuses[0][:3]), content


def _environ(method: str, address: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = address.partition("?")
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        **named,
    }


class Client:
    """One connection to the server, kept open while it is used."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE_S)
        self._used_at = -math.inf

    def send(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        if time.monotonic() - self._used_at > IDLE_S:
            self._connection.close()
        self._connection.request(method, address, body, dict(headers or {}))
        answer = self._connection.getresponse()
        content = answer.read()
        self._used_at = time.monotonic()
        return answer.status, content

    def header(self, address: str, name: str) -> str:
        """What this header says of the answer to a GET; empty where it says nothing."""
        self._connection.request("GET", address)
        answer = self._connection.getresponse()
        answer.read()
        return answer.getheader(name) or ""

    def close(self) -> None:
        self._connection.close()


class Loopback:
    """A granian as the portal is served by, and one connection to it."""

    def __enter__(self) -> Self:
        self.port = free_port()
        self._server = subprocess.Popen(_call(self.port), cwd=settings.BASE_DIR, env=dict(os.environ))  # noqa: S603
        try:
            self._client = self._first_client()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._stop()

    def send(
        self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        return self._client.send(method, address, body, headers)

    def client(self) -> Client:
        """Another connection, for somebody else."""
        return Client(self.port)

    def _first_client(self) -> Client:
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                client = Client(self.port)
                expect(client.send("GET", "/healthz"), 200)
            except (OSError, HTTPException):
                if self._server.poll() is not None or time.monotonic() > give_up:
                    raise
                time.sleep(0.2)
            else:
                return client

    def _stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=PATIENCE_S)


def free_port() -> int:
    """A port of the loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _call(port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    size = [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(THREADS),
        "--no-ws",
        "--log-level",
        "warning",
    ]
    place = ["--interface", "wsgi", "--host", HOST, "--port", str(port)]
    return [granian, *place, *size, "gisportal.bench.wsgi:application"]
