import numpy as np
import pytest
import shapely

from gisportal.demo.plane import along, curve, degrees, lengths, metres, overshot, ribbon, wander


def test_the_origin_is_the_centre_of_vasylkiv() -> None:
    assert degrees(np.array([[0.0, 0.0]])).tolist() == [[30.317, 50.177]]


def test_a_kilometre_north_is_what_the_ellipsoid_says() -> None:
    # One degree of latitude is 111 233 m here, so a kilometre is 0.0089901 degrees.
    assert degrees(np.array([[0.0, 1000.0]]))[0, 1] == pytest.approx(50.1859901, abs=1e-7)


def test_metres_undo_degrees_to_a_centimetre() -> None:
    place = np.array([[1234.5, -987.6]])
    assert metres(degrees(place)) == pytest.approx(place, abs=0.01)


def test_a_curve_passes_through_the_points_it_was_given() -> None:
    line = curve([(0, 0), (300, 120), (500, -40)])
    for point in ((0, 0), (300, 120), (500, -40)):
        assert np.hypot(*(line - point).T).min() < 1e-9


def test_a_straight_curve_stays_straight() -> None:
    assert curve([(0, 0), (100, 0), (200, 0)])[:, 1] == pytest.approx(0)


def test_a_wandering_line_keeps_its_ends() -> None:
    line = np.column_stack([np.arange(0, 3000, 30.0), np.zeros(100)])
    moved = wander(line, 100, 400, np.random.default_rng(3))
    assert moved[[0, -1]] == pytest.approx(line[[0, -1]])


def test_a_wandering_line_leaves_its_way() -> None:
    line = np.column_stack([np.arange(0, 3000, 30.0), np.zeros(100)])
    assert np.abs(wander(line, 100, 400, np.random.default_rng(3))[:, 1]).max() > 50


def test_a_ribbon_of_a_straight_line_has_the_area_of_its_band() -> None:
    line = np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]])
    # 100 m by 20 m and two half discs of radius 10 m, whose polygon is a little smaller.
    assert ribbon(line, np.full(3, 20.0)).area == pytest.approx(2000 + np.pi * 100, rel=0.01)


def test_places_along_a_line_are_measured_in_metres() -> None:
    line = np.array([[0.0, 0.0], [30.0, 0.0], [30.0, 40.0]])
    place, heading = along(line, np.array([50.0]))
    assert place.tolist() == [[30.0, 20.0]]
    assert heading[0] == pytest.approx(np.pi / 2)


def test_an_overshot_line_is_longer_at_both_ends() -> None:
    line = overshot(np.array([[0.0, 0.0], [10.0, 0.0]]), 2)
    assert line[[0, -1]].tolist() == [[-2.0, 0.0], [12.0, 0.0]]
    assert lengths(line)[-1] == 14


def test_a_line_needs_no_geometry_library_to_be_measured() -> None:
    line = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 14.0]])
    assert lengths(line)[-1] == shapely.LineString(line).length == 15
