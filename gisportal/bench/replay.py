"""The SQL that sending and publishing a report runs, learnt from the portal and run again without it."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from districts.routing import PREPARED
from gisportal.bench import synthetic
from gisportal.bench.http import Sender, expect
from gisportal.bench.loading import SLUG, Town, find_town
from layers.prepared import prepared_cursor
from reports.models import Report

DIFFERENT = 20
"""Reports that are learnt: of every service, at as many places."""
CSRF_TOKEN = "b" * 32


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the portal ran it."""

    sql: str
    values: Any

    @property
    def makes_the_report(self) -> bool:
        return self.sql.startswith('INSERT INTO "reports_report" ')


@dataclass(frozen=True, slots=True)
class Script:
    """What one report took; `made` are the texts that were made for it alone and must be new each time."""

    submit: list[Statement]
    publish: list[Statement]
    report_id: int
    made: frozenset[str]

    def send(self) -> int:
        """Run the statements of sending in one transaction; the new report's number."""
        made = _run(self.submit, self._fresh())
        if made is None:
            raise RuntimeError("no statement made a report")
        return made

    def publish_report(self, pk: int) -> None:
        """Run the statements of publishing in one transaction, on that report."""
        _run(self.publish, self._fresh() | {self.report_id: pk})

    def _fresh(self) -> dict[Any, Any]:
        return {text: secrets.token_hex(16) for text in self.made}


def _run(statements: Sequence[Statement], new: dict[Any, Any]) -> int | None:
    made: int | None = None
    with transaction.atomic(), connection.cursor() as plain, prepared_cursor() as prepared:
        for statement in statements:
            cursor = prepared if statement.sql in PREPARED else plain
            cursor.execute(statement.sql, _with(new, statement.values))
            rows = cursor.fetchall() if cursor.description else []
            if statement.makes_the_report:
                # The learnt number is unknown while sending: it is what later statements of the script hold.
                made = int(rows[0][0])
                new[_LEARNT] = made
    return made


_LEARNT = "the number of the report that was learnt from"


def _with(new: Mapping[Any, Any], values: Any) -> Any:
    if isinstance(values, Mapping):
        return {name: _with(new, value) for name, value in values.items()}
    if isinstance(values, list):
        return [_with(new, value) for value in values]
    if type(values) is tuple:
        return tuple(_with(new, value) for value in values)
    return new.get(values, values) if isinstance(values, (str, int)) else values


def learn(sender: Sender) -> list[Script]:
    """Send and publish different reports through the portal in this process, and keep what SQL it ran."""
    town = find_town()
    headers = moderator_headers(town)
    return [_learn(sender, number, headers) for number in range(DIFFERENT)]


def _learn(sender: Sender, number: int, headers: Mapping[str, str]) -> Script:
    with _recorded() as submit:
        pk = send(sender, number)
    with _recorded() as publishing:
        publish(sender, pk, headers)
    report = Report.objects.get(pk=pk)
    sent = [Statement(s.sql, _with({pk: _LEARNT}, s.values)) for s in submit]
    return Script(sent, publishing, pk, frozenset(_made(report)))


def _made(report: Report) -> Iterator[str]:
    yield report.token
    yield report.idempotency_key or ""
    for letter in report.letters.all():
        yield from (letter.event, letter.message_id)


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def keep(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if many:
            raise RuntimeError("executemany is not replayed")
        statements.append(Statement(sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        yield statements


def send(sender: Sender, number: int) -> int:
    """Send a report through the API, under a key of its own; its number."""
    lon, lat = _PLACES[number % len(_PLACES)]
    said: dict[str, Any] = {
        "city": SLUG,
        "service": f"s{number % synthetic.SERVICES:02}",
        "text": "Something is broken here.",
    }
    said |= {"contact_email": "somebody@bench.example", "lon": lon, "lat": lat}
    headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16)}
    body = expect(sender.send("POST", "/api/v1/reports/", json.dumps(said).encode(), headers), 201)
    return int(json.loads(body)["id"])


_PLACES: list[list[float]] = synthetic.places(DIFFERENT, seed=7).tolist()


def publish(sender: Sender, pk: int, headers: Mapping[str, str]) -> None:
    """Publish a report as a moderator does; RuntimeError where it didn't become public."""
    expect(sender.send("POST", f"/{SLUG}/moderation/{pk}/publish/", b"", headers), 302)


def moderator_headers(town: Town) -> dict[str, str]:
    """What the moderator's browser sends after signing in."""
    browser = Client()
    browser.force_login(town.moderator)
    session = browser.cookies["sessionid"].value
    return {
        "Cookie": f"sessionid={session}; csrftoken={CSRF_TOKEN}",
        "X-CSRFToken": CSRF_TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
