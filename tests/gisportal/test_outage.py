"""The database goes away at the worst moment: 503 with Retry-After, never 500."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from psycopg_pool import PoolTimeout

from layers.outage import is_outage
from reports.models import Report
from tests.town import PASSWORD, build_town


@contextmanager
def away_for(words: str) -> Iterator[None]:
    """The database is shut down, as Django tells it, just when it is asked something with these words."""

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if words in sql:
            said = "terminating connection due to administrator command"
            raise OperationalError(said) from psycopg.errors.AdminShutdown(said)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield


@pytest.fixture
def visitor(db: None) -> Client:
    """A browser to which the server's failures come as answers, in a town."""
    build_town()
    return Client(raise_request_exception=False)


def asks_to_come_back(answer: HttpResponse) -> bool:
    return answer.status_code == 503 and answer["Retry-After"].isdigit()


def test_a_page_asks_to_come_back(visitor: Client) -> None:
    with away_for("layers_city"):
        assert asks_to_come_back(visitor.get("/horodok/"))


@pytest.mark.parametrize("words", ['INTO "django_session"', 'UPDATE "django_session"'])
def test_a_session_that_can_not_be_kept_is_an_outage(visitor: Client, words: str) -> None:
    """The second is written after the view, where no view's errors are looked at any more."""
    with away_for(words):
        answer = visitor.post(
            "/accounts/login/", {"login": "resident@example.org", "password": PASSWORD}, follow=False
        )
    assert asks_to_come_back(answer)


def test_a_sign_in_whose_attempts_can_not_be_counted_is_an_outage(visitor: Client) -> None:
    with away_for("portal_cache"):
        answer = visitor.post("/accounts/login/", {"login": "resident@example.org", "password": PASSWORD})
    assert asks_to_come_back(answer)


def test_a_session_that_can_not_be_read_is_an_outage(visitor: Client) -> None:
    visitor.login(email="resident@example.org", password=PASSWORD)
    with away_for('FROM "django_session"'):
        assert asks_to_come_back(visitor.get("/horodok/"))


def send(visitor: Client) -> HttpResponse:
    said = {
        "city": "horodok",
        "service": "lamp",
        "text": "Темно",
        "lon": 30.305,
        "lat": 50.165,
        "contact_email": "olena@town.example",
    }
    return visitor.post("/api/v1/reports/", said, content_type="application/json")


@pytest.mark.parametrize(
    "words", ["districts_service", 'INTO "reports_report"', 'INTO "reports_letter"', "procrastinate_defer"]
)
def test_a_report_that_can_not_be_kept_is_an_outage_and_leaves_nothing(visitor: Client, words: str) -> None:
    with away_for(words):
        assert asks_to_come_back(send(visitor))
    assert not Report.objects.exists()


def test_what_fails_otherwise_is_a_failure(visitor: Client) -> None:
    def ask(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        raise ArithmeticError

    with connection.execute_wrapper(ask):
        assert visitor.get("/horodok/").status_code == 500


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError(), True),
        (PoolTimeout(), True),
        (psycopg.errors.UniqueViolation(), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_an_outage_is_told_from_other_errors(error: Exception | None, expected: bool) -> None:
    assert is_outage(error) is expected
