"""What the worker does for the base map."""

import logging

from procrastinate.contrib.django import app

from layers.basemap.making import CannotMake, is_made, make, tippecanoe
from layers.models import City

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="make_base_maps")
def make_base_maps(timestamp: int) -> None:
    """Make the base map of each live city anew whose layers have changed; one that fails doesn't stop the rest."""
    if tippecanoe() is None:
        return
    for city in City.objects.live().without_boundary():
        if is_made(city):
            continue
        try:
            make(city)
        except CannotMake as error:
            log.warning("no base map of %s: %s", city.slug, error)
