import pytest
from django.test import Client

from reports import actions
from tests.town import AT_THE_NEIGHBOURS, IN_THE_EAST, Town

DESK = "/horodok/moderation/"


def test_a_visitor_is_asked_to_sign_in(visitor: Client, town: Town) -> None:
    assert visitor.get(DESK).headers["Location"] == f"/accounts/login/?next={DESK}"


@pytest.mark.parametrize("verb", ["place", "publish", "reject"])
def test_a_resident_may_not_moderate(resident: Client, town: Town, verb: str) -> None:
    report = town.report()
    assert resident.get(DESK).status_code == 403
    assert resident.post(f"{DESK}{report.pk}/{verb}/").status_code == 403
    report.refresh_from_db()
    assert report.status == "received"


def test_a_department_may_not_moderate(electrician: Client, town: Town) -> None:
    assert electrician.get(DESK).status_code == 403


def test_an_empty_queue_says_so(moderator: Client, town: Town) -> None:
    assert "Nothing waits" in moderator.get(DESK).content.decode()


def test_the_queue_opens_at_the_report_that_waits_longest(moderator: Client, town: Town) -> None:
    first, second = town.report("Перше"), town.report("Друге")
    page = moderator.get(DESK)
    assert page.context["report"] == first
    assert list(page.context["page"]) == [first, second]


@pytest.mark.parametrize("nonsense", ["x", "9" * 40, "-1", "", "٣"])
def test_nonsense_in_the_address_opens_the_queue_all_the_same(
    moderator: Client, town: Town, nonsense: str
) -> None:
    report = town.report()
    page = moderator.get(DESK, {"report": nonsense, "page": nonsense})
    assert page.context["report"] == report


def test_before_publishing_it_says_where_the_report_will_go(moderator: Client, town: Town) -> None:
    town.report(point=IN_THE_EAST)
    assert "Cleaners answers for this in East." in moderator.get(DESK).content.decode()


def test_publishing_shows_the_report_and_routes_it(moderator: Client, town: Town) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/publish/")
    report.refresh_from_db()
    assert (report.status, report.department) == ("published", town.lamps)


def test_publishing_keeps_the_place_that_the_moderators_map_shows(moderator: Client, town: Town) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/publish/", {"lon": IN_THE_EAST.x, "lat": IN_THE_EAST.y})
    report.refresh_from_db()
    assert (report.status, report.department) == ("published", town.cleaners)


def test_a_report_without_a_place_is_not_published_and_the_moderator_is_told_why(
    moderator: Client, town: Town
) -> None:
    report = town.report(point=None, address="Соборна, 5")
    page = moderator.post(f"{DESK}{report.pk}/publish/", follow=True)
    assert "This report has no place yet" in page.content.decode()
    report.refresh_from_db()
    assert report.status == "received"


def test_a_moderator_places_a_report_that_has_only_an_address(moderator: Client, town: Town) -> None:
    report = town.report(point=None, address="Соборна, 5")
    moderator.post(f"{DESK}{report.pk}/place/", {"lon": "30.315", "lat": "50.165"})
    report.refresh_from_db()
    assert report.point is not None
    assert report.point.coords == (30.315, 50.165)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({"lon": AT_THE_NEIGHBOURS.x, "lat": AT_THE_NEIGHBOURS.y}, "not in Horodok but in Next Town"),
        ({"lon": "", "lat": ""}, "Choose the place on the map, or write its coordinates."),
        ({"lon": "тут", "lat": "50"}, "Write a number of degrees"),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_words(
    moderator: Client, town: Town, place: dict[str, object], sentence: str
) -> None:
    report = town.report(point=None, address="Соборна, 5")
    page = moderator.post(f"{DESK}{report.pk}/place/", place)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_rejected_report_tells_its_sender_why(moderator: Client, visitor: Client, town: Town) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/reject/", {"reason": "Це реклама"})
    assert "Це реклама" in visitor.get(f"/horodok/track/{report.token}/").content.decode()


def test_rejecting_needs_a_reason(moderator: Client, town: Town) -> None:
    report = town.report()
    page = moderator.post(f"{DESK}{report.pk}/reject/", {"reason": ""})
    assert page.status_code == 422
    assert "Write why the report is not published" in page.content.decode()


def test_the_second_of_two_moderators_reads_what_the_first_one_did(moderator: Client, town: Town) -> None:
    report = town.report()
    actions.reject(report.pk, by=town.moderator, reason="Реклама")
    page = moderator.post(f"{DESK}{report.pk}/publish/", follow=True)
    assert "A report that is “rejected” can&#x27;t become “published”." in page.content.decode()


def test_a_report_that_is_not_there_is_not_found(moderator: Client, town: Town) -> None:
    assert moderator.post(f"{DESK}{10**30}/publish/").status_code == 404


def test_an_action_is_never_taken_by_following_a_link(moderator: Client, town: Town) -> None:
    assert moderator.get(f"{DESK}{town.report().pk}/publish/").status_code == 405
