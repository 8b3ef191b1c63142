"""Who holds a contractor's link: every cell of contractor.csv over HTTP; and anywhere else nobody in particular."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import actions, answer_links
from reports.models import AnswerLink, Report
from tests.access.people import World, build_world
from tests.access.test_matrix import arguments, media, outcome, rows
from tests.town import build_town

CELLS = Path(__file__).with_name("contractor.csv")
__all__ = ["media"]


@pytest.fixture
def world(db: None) -> World:
    return build_world(build_town())


def cells() -> Iterator[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def address(world: World, link: str) -> str:
    """Where the link of this sort leads, after what makes it one."""
    links, long_ago = AnswerLink.objects.filter(pk=world.link.pk), timezone.now() - timedelta(days=30)
    token, city = answer_links.link_token(world.link), "horodok"
    if link == "revoked":
        links.update(revoked_at=timezone.now())
    elif link == "expired":
        links.update(given_at=long_ago, expires_at=long_ago + timedelta(days=7))
    elif link == "spoilt":
        token = token[:-1] + ("a" if token[-1] != "a" else "b")
    elif link == "rerouted":
        actions.reroute(world.link.report_id, world.town.electrician, world.town.roads, "Не наше")
    elif link == "another city":
        city = "inshe"
    return reverse("answer", args=[city, token])


def told(answer: HttpResponse, before: Report, after: Report) -> str:
    """The matrix's word, or that the page came again and nothing was done."""
    unchanged = (before.status, before.updated_at) == (after.status, after.updated_at)
    return "nothing" if answer.status_code == 200 and unchanged else outcome(answer)


def test_every_cell_of_the_contractor_holds(world: World) -> None:
    wrong = []
    for cell in cells():
        with transaction.atomic():
            path = address(world, cell["link"])
            before = Report.objects.get(pk=world.link.report_id)
            if cell["method"] == "GET":
                found = outcome(Client().get(path))
            else:
                answer = Client().post(path, {"verb": cell["verb"]})
                found = told(answer, before, Report.objects.get(pk=before.pk))
            transaction.set_rollback(True)
        if found != cell["contractor"]:
            wrong.append(f"{cell}: {found}")
    assert wrong == []


def test_elsewhere_the_holder_of_a_link_gets_what_anybody_gets(world: World) -> None:
    """All of the matrix but the link itself, with whatever cookies the link's page gave."""
    wrong = []
    for row in rows():
        if row["route"] == "answer":
            continue
        with transaction.atomic():
            browser = Client(headers={"accept-language": "en"})
            browser.get(address(world, "good"))
            path = reverse(row["route"], kwargs=arguments(world, row["route"], row["thing"]))
            found = outcome(browser.generic(row["method"], path))
            transaction.set_rollback(True)
        if found != row["anonymous"]:
            wrong.append(f"{row['method']} {path}: {found}, expected {row['anonymous']}")
    assert wrong == []
