import json
from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from reports.models import Letter
from tests.conftest import Town


def test_the_process_says_that_it_lives_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_it_is_ready_when_the_migrations_are_applied(client: Client, db: None) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.content)["migrations"] == []


def test_it_is_not_ready_while_a_migration_is_missing(client: Client, db: None) -> None:
    app, newest = MigrationLoader(connection).graph.leaf_nodes("reports")[0]
    MigrationRecorder(connection).record_unapplied(app, newest)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert json.loads(answer.content)["migrations"] == [f"{app}.{newest}"]
    assert answer["Retry-After"] == "10"


def test_it_counts_letters_that_are_late_and_letters_that_were_refused(client: Client, town: Town) -> None:
    report = town.received()
    for event, failure in [("late", ""), ("refused", "550 unknown")]:
        Letter.objects.create(
            report=report,
            event=event,
            audience="reporter",
            address="olena@town.example",
            message_id=event,
            send_after=timezone.now() - timedelta(hours=1),
            failure=failure,
        )
    assert json.loads(client.get("/readyz").content)["letters"] == {"late": 1, "refused": 1}


@pytest.mark.parametrize(("configured", "said"), [(True, "configured"), (False, "not configured")])
def test_it_says_whether_mail_can_be_sent(
    client: Client, db: None, settings: Settings, configured: bool, said: str
) -> None:
    settings.EMAIL_CONFIGURED = configured
    assert json.loads(client.get("/readyz").content)["mail"].startswith(said)
