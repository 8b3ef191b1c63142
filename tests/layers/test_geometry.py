"""The tile grid and positions, by hand and by property."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.geometry import (
    WORLD_HALF_M,
    OutsideTheGridError,
    Tile,
    is_position,
    looks_swapped,
    to_web_mercator,
)

longitudes = st.floats(-180, 179.999999)
latitudes = st.floats(-85, 85)


def test_the_whole_world_is_one_tile_at_zoom_0():
    assert Tile(0, 0, 0).bounds() == (-WORLD_HALF_M, -WORLD_HALF_M, WORLD_HALF_M, WORLD_HALF_M)


def test_greenwich_at_the_equator_is_the_origin_of_web_mercator():
    assert to_web_mercator(0, 0) == pytest.approx((0, 0), abs=1e-6)


def test_the_edge_of_the_square_world_is_at_85_degrees():
    assert to_web_mercator(180, 85.0511287798066) == pytest.approx((WORLD_HALF_M, WORLD_HALF_M), abs=1e-3)


def test_vasylkiv_lies_in_the_tile_worked_out_by_hand():
    # column = (30.317 + 180) / 360 * 2^14; row = (1 - asinh(tan 50.177) / pi) / 2 * 2^14
    row = (1 - math.asinh(math.tan(math.radians(50.177))) / math.pi) / 2 * 16384
    assert Tile.covering(30.317, 50.177, 14) == Tile(14, int(210.317 / 360 * 16384), int(row))


@pytest.mark.parametrize(
    "address", [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (10**30, 0, 0)]
)
def test_addresses_that_name_no_tile_are_refused(address):
    with pytest.raises(OutsideTheGridError):
        Tile(*address)


@given(longitudes, latitudes, st.integers(0, 22))
def test_the_covering_tile_holds_the_position(lon, lat, z):
    west, south, east, north = Tile.covering(lon, lat, z).bounds()
    x, y = to_web_mercator(lon, lat)
    assert west - 1e-6 <= x <= east + 1e-6
    assert south - 1e-6 <= y <= north + 1e-6


def test_a_buffer_widens_the_tile_by_its_share_of_the_edge():
    west, south, east, north = Tile(1, 0, 0).bounds(buffer=0.5)
    assert (east - west, north - south) == pytest.approx((2 * WORLD_HALF_M, 2 * WORLD_HALF_M))


@pytest.mark.parametrize("position", [(math.nan, 0), (0, math.inf), (181, 0), (0, -90.1)])
def test_numbers_that_are_no_position_are_told(position):
    assert not is_position(*position)


VASYLKIV = (30.2, 50.1, 30.4, 50.3)


def test_latitude_first_is_recognised():
    assert looks_swapped((50.2, 30.3), VASYLKIV)


def test_a_position_in_the_city_is_not_swapped():
    assert not looks_swapped((30.3, 50.2), VASYLKIV)


def test_a_position_far_away_both_ways_is_only_far_away():
    assert not looks_swapped((-71.0, 42.0), VASYLKIV)


def test_a_position_just_outside_a_square_city_on_the_diagonal_is_not_called_swapped():
    assert not looks_swapped((10.31, 10.05), (10.0, 10.0, 10.3, 10.3))
