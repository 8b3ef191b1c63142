"""Residents who report without pause, a moderator who publishes, readers; each repeats until it is answered."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, Queue
from urllib.parse import quote

from tests.long.crash.visitor import Answer, Visitor, hidden

WRITERS = 8
OF_THEM_BY_THE_FORM = 2
READ = ("/horodok/", "/horodok/reports/", "/api/v1/reports/?city=horodok", "/tiles/reports/14/9565/5536.mvt")


class Load:
    """What everybody was told: `acknowledged` texts, the moderator's number of publications, every status."""

    def __init__(self, port: int, session: str, seed: int, pause_s: float) -> None:
        self._port, self._session, self._seed, self._pause_s = port, session, seed, pause_s
        self.acknowledged: list[str] = []
        self.published = 0
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self._waiting: Queue[int] = Queue()
        self._over = threading.Event()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Everybody works inside the block; at its end each finishes what it had begun."""
        jobs: list[Callable[[], None]] = [self._publish, self._read]
        with ThreadPoolExecutor(WRITERS + len(jobs)) as pool:
            done: list[Future[None]] = [pool.submit(self._write, number) for number in range(WRITERS)]
            done += [pool.submit(job) for job in jobs]
            try:
                yield
            finally:
                self._over.set()
        for one in done:
            one.result()

    def until(self, path: str, ask: Callable[[], Answer], wanted: set[int]) -> Answer:
        """Ask again until one of the wanted answers comes; all others must be an outage told as one."""
        while True:
            answer = ask()
            self.statuses[answer.status] += 1
            if answer.status in wanted:
                return answer
            if answer.status != 0 and not (answer.status == 503 and answer.retry_after.isdigit()):
                self.wrong.append(f"{answer.status} at {path}: {answer.body[:300]}")
                if not 500 <= answer.status < 600:
                    return answer
            time.sleep(0.2)

    def _write(self, number: int) -> None:
        dice, visitor = random.Random(f"{self._seed}-{number}"), Visitor(self._port)
        send = self._send_by_form if number < OF_THEM_BY_THE_FORM else self._send_by_api
        count = 0
        while not self._over.is_set():
            count += 1
            send(visitor, f"Темно, {number}-{count}")
            time.sleep(dice.uniform(0, 2 * self._pause_s))

    def _send_by_api(self, visitor: Visitor, text: str) -> None:
        said: dict[str, object] = {
            "city": "horodok",
            "service": "lamp",
            "text": text,
            "lon": 30.305,
            "lat": 50.165,
            "contact_email": "olena@town.example",
        }
        path = "/api/v1/reports/"
        answer = self.until(path, lambda: visitor.post_json(path, said, key=quote(text)), {200, 201})
        if answer.status in (200, 201):
            self.acknowledged.append(text)
            self._waiting.put(int(answer.body.partition('"id":')[2].partition(",")[0]))

    def _send_by_form(self, visitor: Visitor, text: str) -> None:
        path = "/horodok/report/"
        form = self.until(path, lambda: visitor.ask("GET", path), {200})
        said: dict[str, object] = {
            "key": hidden(form.body, "key"),
            "service": "lamp",
            "text": text,
            "lon": 30.305,
            "lat": 50.165,
            "contact_email": "petro@town.example",
        }
        if self.until(path, lambda: visitor.post_form(path, said), {302}).status == 302:
            self.acknowledged.append(text)

    def _publish(self) -> None:
        visitor = Visitor(self._port, self._session)
        while not (self._over.is_set() and self._waiting.empty()):
            try:
                pk = self._waiting.get(timeout=0.2)
            except Empty:
                continue
            path = f"/horodok/moderation/{pk}/publish/"
            # A repeated publication is refused: the first one had arrived, though its answer had not.
            self.until(path, lambda path=path: visitor.post_form(path, {}), {302, 409, 422})
            self.published += 1

    def _read(self) -> None:
        visitor = Visitor(self._port)
        while not self._over.is_set():
            for path in READ:
                self.until(path, lambda path=path: visitor.ask("GET", path), {200, 304})
            time.sleep(self._pause_s)
