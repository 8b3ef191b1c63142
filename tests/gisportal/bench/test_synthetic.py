"""The synthetic city: always the same, without gaps, and where it should be."""

import numpy as np
import pytest
import shapely

from gisportal.bench import synthetic
from gisportal.bench.synthetic import EAST, NORTH, SOUTH, WEST


def test_the_same_seed_gives_the_same_reports():
    one, other = next(synthetic.reports(500)), next(synthetic.reports(500))
    assert list(one.rows()) == list(other.rows())


def test_another_seed_gives_other_reports():
    assert next(synthetic.reports(500, seed=1)).lon[0] != next(synthetic.reports(500, seed=2)).lon[0]


def test_batches_hold_all_reports_and_differ():
    batches = list(synthetic.reports(250, batch=100))
    assert [len(batch) for batch in batches] == [100, 100, 50]
    assert batches[0].lon[0] != batches[1].lon[0]


def test_200_districts_tile_the_box_without_gap_or_overlap():
    areas = [shapely.Polygon(ring) for ring in synthetic.districts()]
    box = shapely.box(WEST, SOUTH, EAST, NORTH)
    assert len(areas) == 200
    assert all(area.is_valid for area in areas)
    assert sum(area.area for area in areas) == pytest.approx(box.area)
    assert shapely.union_all(areas).symmetric_difference(box).area == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("positions", [synthetic.lamps(1000), synthetic.places(1000)])
def test_positions_are_inside_the_box(positions):
    assert np.all(positions > (WEST, SOUTH))
    assert np.all(positions < (EAST, NORTH))


def test_services_and_statuses_are_known_ones():
    batch = next(synthetic.reports(5000))
    assert set(batch.service.tolist()) == set(range(synthetic.SERVICES))
    assert set(batch.status.tolist()) == set(range(len(synthetic.STATUSES)))
