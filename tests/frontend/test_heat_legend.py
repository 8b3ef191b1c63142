"""What the page of the map says about its heat before any script runs."""

from datetime import UTC, datetime

from django.test import Client

from reports.weighing import weigh
from tests.town import Town


def test_the_legend_says_for_which_hour_its_weights_hold(town: Town, visitor: Client) -> None:
    """14:00 in Kyiv, where the town is, is 12:00 UTC in November."""
    assert "Weights as of" not in visitor.get("/horodok/").content.decode()
    weigh(town.city, datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert "Weights as of 24 November 2026, 14:00." in visitor.get("/horodok/").content.decode()


def test_the_legend_leads_to_how_it_is_counted(town: Town, visitor: Client) -> None:
    assert 'href="/horodok/how-counted/"' in visitor.get("/horodok/").content.decode()
