"""TiPg over the same view, served by uvicorn in a process of its own."""

import os
import subprocess
import sys
import time
from http.client import HTTPException
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from gisportal.bench.http import HOST, PATIENCE_S, Client, expect, free_port
from gisportal.bench.peers.points import VIEW


class TiPg:
    """TiPg as its documentation starts it, with a tile buffer of 0 as the others have it."""

    def __enter__(self) -> Self:
        self.port = free_port()
        address = urlsplit(os.environ["DATABASE_URL"])._replace(scheme="postgresql")
        environment = {
            **os.environ,
            "DATABASE_URL": urlunsplit(address),
            "TIPG_DB_TABLES": f'["public.{VIEW}"]',
            "TIPG_DB_SPATIAL_EXTENT": "false",
            "TIPG_DB_DATETIME_EXTENT": "false",
            "TIPG_TILE_BUFFER": "0",
        }
        place = ["--host", HOST, "--port", str(self.port), "--log-level", "warning"]
        call = [sys.executable, "-m", "uvicorn", "tipg.main:app", *place]
        self._server = subprocess.Popen(call, env=environment)  # noqa: S603
        try:
            self.client = self._first_client()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self._stop()

    @staticmethod
    def address(z: int, x: int, y: int) -> str:
        """Where the tile is."""
        return f"/collections/public.{VIEW}/tiles/WebMercatorQuad/{z}/{x}/{y}"

    def _first_client(self) -> Client:
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                client = Client(self.port)
                expect(client.send("GET", f"/collections/public.{VIEW}"), 200)
            except (OSError, HTTPException):
                if self._server.poll() is not None or time.monotonic() > give_up:
                    raise
                time.sleep(0.2)
            else:
                return client

    def _stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=PATIENCE_S)
