"""Who answers: each rule of the order, by hand, and what must hold for any input."""

from datetime import date

import pytest
from django.contrib.gis.geos import LineString, Point
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts.models import Department, District, Responsibility
from districts.routing import Decision, Outcome, Question, route, route_many
from districts.wording import reason
from layers.models import Asset, AssetLayer, Visibility
from tests.conftest import box

ON_THE_ROAD = (30.305, 50.17005)  # 5.6 m north of the road
BESIDE = (30.305, 50.165)  # 556 m south of it
IN_THE_EAST = (30.335, 50.165)


def answer(town, place, service=None, **more):
    decision = route(Point(*place, srid=4326), service or town.holes, **more)
    return decision.best.department_code if decision.best else None


def test_an_asset_within_reach_decides_before_the_district(town):
    assert answer(town, ON_THE_ROAD) == "roads"


def test_beyond_the_reach_the_district_decides(town):
    assert answer(town, BESIDE) == "office-w"


def test_each_district_has_its_own_answer(town):
    assert answer(town, IN_THE_EAST) == "office-e"


def test_a_lower_rank_is_asked_before_an_asset(town):
    Responsibility.objects.filter(district=town.west).update(rank=1)
    assert answer(town, ON_THE_ROAD) == "office-w"


def test_nobody_answers_where_no_rule_applies(town):
    decision = route(Point(*BESIDE, srid=4326), town.dark)
    assert (decision.status, decision.department_id, decision.candidates) == (Outcome.UNANSWERED, None, ())


def test_a_rule_without_district_and_layer_answers_everywhere_in_the_city(town):
    Responsibility.objects.create(city=town.city, service=town.dark, department=town.lights_body)
    assert answer(town, BESIDE, town.dark) == "lights"


def test_the_fallback_does_not_answer_outside_the_city(town):
    Responsibility.objects.create(city=town.city, service=town.dark, department=town.lights_body)
    assert answer(town, (30.35, 50.17), town.dark) is None


def test_a_rule_for_a_district_and_a_layer_needs_both(town):
    Responsibility.objects.filter(asset_layer=town.road).update(district=town.east)
    assert answer(town, ON_THE_ROAD) == "office-w"
    assert answer(town, (30.335, 50.17)) == "roads"


def test_the_nearer_of_two_assets_decides(town):
    other = AssetLayer.objects.create(
        city=town.city, slug="paths", name_uk="Стежки", kind="road", reach_m=50, visibility=Visibility.PUBLIC
    )
    line = LineString((30.30, 50.1701), (30.34, 50.1701), srid=4326)
    Asset.objects.create(city=town.city, layer=other, reference="p", geometry=line)
    parks = Department.objects.create(city=town.city, code="parks", name_uk="Парки")
    Responsibility.objects.create(city=town.city, service=town.holes, department=parks, asset_layer=other)
    assert answer(town, (30.305, 50.17003)) == "roads"
    assert answer(town, (30.305, 50.17007)) == "parks"


def test_the_smaller_of_two_overlapping_districts_decides(town):
    yard = District.objects.create(
        city=town.city,
        set=town.west.set,
        code="yard",
        name_uk="Двір",
        geometry=box(30.304, 50.164, 30.306, 50.166),
    )
    Responsibility.objects.create(
        city=town.city, service=town.holes, department=town.lights_body, district=yard
    )
    assert answer(town, BESIDE) == "lights"


def test_on_a_shared_border_the_answer_is_always_the_same(town):
    border = (30.32, 50.165)
    assert {answer(town, border) for _ in range(5)} == {"office-e"}
    assert len(route(Point(*border, srid=4326), town.holes).candidates) == 2


def test_metres_are_measured_on_the_spheroid(town):
    # A degree of the meridian at 50 degrees is 111,229 m on WGS84, on a sphere of 6,371 km it is 111,195 m.
    best = route(Point(30.33, 50.17 + 0.0001, srid=4326), town.dark).best
    assert best.distance_m == pytest.approx(11.1229, abs=0.0005)


def test_a_picked_asset_is_about_itself_however_far(town):
    decision = route(Point(30.332, 50.165, srid=4326), town.dark, asset=town.lamp)
    assert decision.best.asset_reference == "7-1"


def test_a_rule_answers_from_its_first_day_up_to_its_last(town):
    Responsibility.objects.filter(district=town.west).update(
        valid_from=date(2026, 5, 1), valid_to=date(2026, 6, 1)
    )
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [answer(town, BESIDE, on=day) for day in days] == [None, "office-w", "office-w", None]


def test_a_rule_follows_its_district_to_a_new_version(town):
    District.objects.filter(pk=town.west.pk).update(valid_to=date(2026, 1, 1))
    District.objects.create(
        city=town.city, set=town.west.set, code="w", name_uk="Захід", valid_from=date(2026, 1, 1),
        geometry=box(30.30, 50.16, 30.31, 50.18),
    )  # fmt: skip
    assert answer(town, (30.315, 50.165), on=date(2025, 12, 31)) == "office-w"
    assert answer(town, (30.315, 50.165), on=date(2026, 1, 1)) is None
    assert answer(town, BESIDE, on=date(2026, 1, 1)) == "office-w"


def test_another_citys_rules_do_not_answer(town):
    assert route(Point(*BESIDE, srid=4326), town.holes).candidates[0].department_code == "office-w"
    assert {c.rule_id for c in route(Point(*BESIDE, srid=4326), town.holes).candidates} <= set(
        Responsibility.objects.filter(city=town.city).values_list("pk", flat=True)
    )


def test_one_question_costs_one_query(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        route(Point(*ON_THE_ROAD, srid=4326), town.holes)


def test_a_decision_comes_back_from_its_data_as_it_was(town):
    decision = route(Point(*ON_THE_ROAD, srid=4326), town.holes)
    assert Decision.from_data(decision.as_data()) == decision


def test_candidates_are_ranked_the_answer_first(town):
    decision = route(Point(*ON_THE_ROAD, srid=4326), town.holes)
    assert [c.department_code for c in decision.candidates] == ["roads", "office-w"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(30.29, 30.35), st.floats(50.15, 50.19), st.booleans()), min_size=1, max_size=40
    )
)
def test_one_point_and_many_give_the_same_answers_in_the_same_order(town, places):
    day = date(2026, 11, 24)
    services = (town.holes, town.dark)
    asked = [Question(n * 7, lon, lat, services[dark].pk, day) for n, (lon, lat, dark) in enumerate(places)]
    many = list(route_many(asked))
    single = [
        (q.key, route(Point(q.lon, q.lat, srid=4326), services[p[2]], on=day))
        for q, p in zip(asked, places, strict=True)
    ]
    assert many == single


def test_the_reason_names_the_asset_and_its_distance(town):
    data = route(Point(30.3301, 50.17, srid=4326), town.dark).as_data()
    assert reason(data, public=True) == "Lights body answers for this: “7-1” (Lamps) is 7 m away."


def test_the_public_reason_hides_an_asset_that_only_routes(town):
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility=Visibility.ROUTING)
    data = route(Point(30.3301, 50.17, srid=4326), town.dark).as_data()
    assert reason(data, public=True) == "Lights body answers for this kind of problem at this place."
    assert "7-1" in reason(data, public=False)


def test_the_reason_names_the_district(town):
    data = route(Point(*BESIDE, srid=4326), town.holes).as_data()
    assert reason(data, public=True) == "Office West answers for this in West."


def test_the_reason_says_that_nobody_answers(town):
    data = route(Point(*BESIDE, srid=4326), town.dark).as_data()
    assert reason(data, public=True).startswith("No rule of the city")


def test_the_reason_is_told_in_ukrainian_names_where_ukrainian_is_read(town):
    from django.utils import translation

    data = route(Point(*BESIDE, srid=4326), town.holes).as_data()
    with translation.override("uk"):
        assert "ЖЕК Захід" in reason(data, public=True)
