"""Sending a report, and publishing it with routing, beside bare Django views that run the same SQL."""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from gisportal.bench import bare, replay
from gisportal.bench.http import Client, InProcess, Loopback, Sender, expect
from gisportal.bench.running import Run, Unequal
from gisportal.bench.timing import alternately, milliseconds
from gisportal.local.serve import WORKERS
from reports.models import Report

CLIENTS = 4
TURN = 10
"""Reports that each of several clients sends before the other side has its turn."""
FLOOR = "bare views, the same SQL"

Way = Callable[[Sender, int], int]
"""Brings the report of this number through; the number it got."""


def measure(run: Run) -> None:
    """Add lines for sending alone, and for sending and publishing, with one client and with several."""
    headers = replay.moderator_headers(run.town)
    in_process = InProcess()
    bare.scripts()

    def both(sender: Sender, number: int) -> int:
        pk = replay.send(sender, number)
        replay.publish(sender, pk, headers)
        return pk

    _compare(both(in_process, 3), _bare_both(in_process, 3))
    _line(run, "send, in process", in_process, replay.send, _bare_send)
    _line(run, "send and publish, in process", in_process, both, _bare_both)
    with Loopback() as server:
        _warm(server)
        _line(run, "send and publish, over HTTP", server, both, _bare_both)
        _several(run, server, both, _bare_both)


def _warm(server: Loopback) -> None:
    """Let each worker of the server learn the bare views' SQL: connections go to one or the other."""
    for number in range(WORKERS * 4):
        client = server.client()
        _bare_both(client, number)
        client.close()


def _line(run: Run, name: str, sender: Sender, ours: Way, floor: Way) -> None:
    sides = [lambda number: ours(sender, number), lambda number: floor(sender, number)]
    times = alternately(sides, run.rounds)
    run.add(name, FLOOR, times, note=_throughput(times))


def _several(run: Run, server: Loopback, ours: Way, floor: Way) -> None:
    clients = [server.client() for _ in range(CLIENTS)]
    times: list[list[float]] = [[], []]
    try:
        with ThreadPoolExecutor(CLIENTS) as threads:
            for turn in range(max(run.rounds // (CLIENTS * TURN), 1)):
                order = (0, 1) if turn % 2 else (1, 0)
                for side in order:
                    way = (ours, floor)[side]
                    for found in threads.map(_turn, clients, [way] * CLIENTS, range(CLIENTS)):
                        times[side] += found
    finally:
        for client in clients:
            client.close()
    run.add(f"send and publish, {CLIENTS} clients", FLOOR, times, note=_throughput(times))


def _turn(client: Client, way: Way, first: int) -> list[float]:
    # A connection stays with one of the server's workers: with new ones, turns meet all ways they can be shared out.
    client.close()
    return [milliseconds(lambda number: way(client, number), first + number) for number in range(TURN)]


def _throughput(times: list[list[float]]) -> str:
    ours, floor = (sum(side) for side in times)
    return f"{floor / ours:.2f} of the throughput"


def _bare_send(sender: Sender, number: int) -> int:
    body = expect(sender.send("POST", f"/api/bare/submit/{number}/"), 201)
    return int(json.loads(body)["id"])


def _bare_both(sender: Sender, number: int) -> int:
    pk = _bare_send(sender, number)
    expect(sender.send("POST", f"/api/bare/publish/{number}/{pk}/"), 302)
    return pk


def _compare(ours: int, floor: int) -> None:
    one, other = _kept(ours), _kept(floor)
    if one != other:
        raise Unequal(f"the portal kept {one}, the bare views {other}")


def _kept(pk: int) -> Mapping[str, object]:
    report = Report.objects.get(pk=pk)
    return {
        "status": report.status,
        "department": report.department_id,
        "asset": report.asset_id,
        "decision": report.decision,
        "history": list(report.changes.values_list("before", "after")),
        "districts": list(report.districts.values_list("set_id", "district_id")),
    }
