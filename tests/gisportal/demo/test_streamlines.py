import numpy as np
import pytest
import shapely

from gisportal.demo.junctions import Segment, cut_at_junctions, joined, reach_ahead, reachable
from gisportal.demo.streamlines import Field, Samples, Tracer
from gisportal.demo.streets import CITY, Street


def _field(side: float, heading: float) -> Field:
    """A square of `side` metres, everywhere with one heading (radians)."""
    field = Field(shapely.box(0, 0, side, side))
    field.pull(np.ones_like(field.x), heading)
    field.freeze()
    return field


def test_a_field_answers_with_the_arm_nearest_to_the_wish() -> None:
    field = _field(200, 0.2)
    assert field.heading(100, 100, 1.5) == pytest.approx(0.2 + np.pi / 2)


def test_a_field_answers_nothing_where_nothing_may_be_built() -> None:
    assert _field(200, 0.0).heading(500, 500, 0.0) is None


def test_parallel_streets_keep_their_distance() -> None:
    tracer = Tracer(_field(1000, 0.0), lambda x, y: 0.0, lambda x, y: 100.0)
    lines = tracer.grow([(500.0, 500.0, 0.0)], 100, lambda: 2000.0, spread=True)
    levels = sorted(line[0][1] for line in lines)
    # From the middle outwards every 100 m: nine or ten rows, none nearer than 97 m to the next.
    assert len(levels) >= 9
    assert np.diff(levels).min() >= 97


def test_a_place_is_crowded_only_within_the_distance() -> None:
    samples = Samples()
    samples.add([(0.0, 0.0)])
    assert samples.crowded(99.0, 0.0, 100.0)
    assert not samples.crowded(101.0, 0.0, 100.0)


def test_a_street_that_goes_on_meets_the_one_ahead() -> None:
    wall = shapely.LineString([(80, -50), (80, 50)])
    own = shapely.LineString([(0, 0), (20, 0)])
    tree = shapely.STRtree([own, wall])
    assert reach_ahead((20, 0), (0, 0), 100, tree, [own, wall], 0) == pytest.approx((80, 0))


def test_a_street_with_nothing_ahead_ends() -> None:
    own = shapely.LineString([(0, 0), (20, 0)])
    assert reach_ahead((20, 0), (0, 0), 100, shapely.STRtree([own]), [own], 0) is None


def _street(*points: tuple[float, float], kind: str = "houses") -> Street:
    return Street(np.array(points, dtype=float), "residential", "city", CITY, kind)


NOTHING = shapely.Polygon()


def test_two_ends_that_face_each_other_become_one_way() -> None:
    west, east = joined([_street((0, 0), (50, 0)), _street((200, 0), (150, 0))], NOTHING)
    assert west.line[-1].tolist() == east.line[-1].tolist() == [100, 0]


def test_no_street_is_carried_across_water() -> None:
    river = shapely.box(90, -100, 110, 100)
    west, _ = joined([_street((0, 0), (50, 0)), _street((200, 0), (150, 0))], river)
    assert west.line[-1].tolist() == [50, 0]


def test_crossing_streets_are_cut_into_four() -> None:
    segments = cut_at_junctions([_street((0, 50), (100, 50)), _street((50, 0), (50, 100))])
    assert [(s.street, s.line[0].tolist(), s.line[-1].tolist()) for s in segments] == [
        (0, [0, 50], [50, 50]),
        (0, [50, 50], [100, 50]),
        (1, [50, 0], [50, 50]),
        (1, [50, 50], [50, 100]),
    ]


def test_a_stub_shorter_than_thirty_metres_is_left_out() -> None:
    segments: list[Segment] = cut_at_junctions([_street((0, 50), (70, 50)), _street((50, 0), (50, 100))])
    assert [s.line[-1].tolist() for s in segments if s.street == 0] == [[50, 50]]


def test_what_grew_apart_is_left_out() -> None:
    streets = [_street((0, 0), (100, 0)), _street((50, -50), (50, 50)), _street((900, 0), (990, 0))]
    assert reachable(streets) == streets[:2]
