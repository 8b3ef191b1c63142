import json

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings


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


@pytest.mark.parametrize(("configured", "said"), [(True, "configured"), (False, "not configured")])
def test_it_says_whether_mail_can_be_sent(
    client: Client, db: None, settings: Settings, configured: bool, said: str
) -> None:
    settings.EMAIL_CONFIGURED = configured
    assert json.loads(client.get("/readyz").content)["mail"].startswith(said)
