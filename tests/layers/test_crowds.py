"""How many points a tile may hold before they are counted."""

from dataclasses import replace

from layers.catalog import NEAR_ZOOM, find

REPORTS = replace(find("reports"), crowd=500, crowd_from_afar=50)


def test_from_afar_a_tile_holds_fewer_points():
    assert REPORTS.crowd_at(NEAR_ZOOM - 1) == 50


def test_from_near_a_tile_holds_as_many_as_can_be_told_apart():
    assert REPORTS.crowd_at(NEAR_ZOOM) == 500


def test_a_cell_of_a_crowded_tile_may_hold_its_fair_share():
    # 500 points over 8 x 8 cells are 7 and some; 50 over 64 are none: from afar all are counted.
    eight = replace(REPORTS, cells_a_side=8)
    assert (eight.share_at(NEAR_ZOOM), eight.share_at(NEAR_ZOOM - 1)) == (7, 0)


def test_a_layer_that_is_always_counted_stays_so_from_near_and_afar():
    assert [replace(REPORTS, crowd=0).crowd_at(zoom) for zoom in (0, NEAR_ZOOM)] == [0, 0]
