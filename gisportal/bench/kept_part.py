"""A tile that is kept, and 304 for whoever has it, beside the framework's empty response."""

import functools

from gisportal.bench import synthetic
from gisportal.bench.http import InProcess, Loopback, Sender, expect
from gisportal.bench.running import Run
from gisportal.bench.timing import alternately, quantile
from layers.geometry import Tile

EMPTY = "/api/bare/empty/"
AGAINST = "the framework's empty response"
ZOOM = 14
PLACES = 10
ROUNDS_OF_ALL = 4
"""These answers are so quick that they can be asked for more often than tiles are cut."""


def measure(run: Run) -> None:
    """Add lines for kept tiles and for 304, in process and over HTTP; RuntimeError for any other status."""
    places = synthetic.places(PLACES, seed=7).tolist()
    tiles = [Tile.covering(lon, lat, ZOOM) for lon, lat in places]
    addresses = [f"/tiles/reports/{t.z}/{t.x}/{t.y}.mvt?city={run.town.city.slug}" for t in tiles]
    with Loopback() as server:
        tags = [server.client().header(address, "ETag") for address in addresses]
        for how, sender in (("in process", InProcess()), ("over HTTP", server)):
            _compare(run, how, sender, addresses, tags)


def _compare(run: Run, how: str, sender: Sender, addresses: list[str], tags: list[str]) -> None:
    def ask(number: int, *, known: bool) -> bytes:
        place = number % len(addresses)
        if known:
            return expect(sender.send("GET", addresses[place], headers={"If-None-Match": tags[place]}), 304)
        return expect(sender.send("GET", addresses[place], headers={"Accept-Encoding": "gzip"}), 200)

    def empty(number: int) -> bytes:
        return expect(sender.send("GET", EMPTY), 200)

    size = len(ask(0, known=False))
    kept, unmodified = functools.partial(ask, known=False), functools.partial(ask, known=True)
    kept_ms, unmodified_ms, empty_ms = alternately([kept, unmodified, empty], run.rounds * ROUNDS_OF_ALL)
    for name, times, size_bytes in (("kept tile", kept_ms, size), ("304", unmodified_ms, 0)):
        share = quantile(empty_ms, 0.5) / quantile(times, 0.5)
        note = f"{share:.2f} of the throughput"
        run.add(f"{name} z{ZOOM}, {how}", AGAINST, [times, empty_ms], size_bytes=size_bytes, note=note)
