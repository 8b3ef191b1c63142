from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports import actions
from reports.models import Report
from tests.town import Town


def address(report: Report) -> str:
    return f"/horodok/reports/{report.pk}/"


def test_a_published_report_says_where_it_went_and_why(visitor: Client, town: Town) -> None:
    page = visitor.get(address(town.published())).content.decode()
    assert "City Lights answers for this in West." in page


def test_an_unpublished_report_is_not_there_for_a_visitor(visitor: Client, town: Town) -> None:
    assert visitor.get(address(town.report())).status_code == 404


def test_a_rejected_report_is_not_there_for_a_visitor(visitor: Client, town: Town) -> None:
    report = actions.reject(town.report().pk, by=town.moderator, reason="Реклама")
    assert visitor.get(address(report)).status_code == 404


def test_an_unpublished_report_is_not_there_for_another_resident(resident: Client, town: Town) -> None:
    assert resident.get(address(town.report())).status_code == 404


def test_an_unpublished_report_is_there_for_its_sender(resident: Client, town: Town) -> None:
    report = town.report(reporter=town.resident)
    assert "Only its sender and the city’s staff" in resident.get(address(report)).content.decode()


def test_an_unpublished_report_is_there_for_the_staff(moderator: Client, town: Town) -> None:
    assert moderator.get(address(town.report())).status_code == 200


def test_a_report_is_not_found_under_another_city(visitor: Client, town: Town) -> None:
    assert visitor.get(f"/atlantis/reports/{town.published().pk}/").status_code == 404


def test_a_number_too_large_for_the_database_is_not_found(visitor: Client, town: Town) -> None:
    assert visitor.get(f"/horodok/reports/{10**30}/").status_code == 404


def test_nobodys_contact_is_shown(visitor: Client, town: Town) -> None:
    report = town.published(contact_name="Олена Коваль", contact_email="olena@example.org")
    page = visitor.get(address(report)).content.decode()
    assert "Коваль" not in page
    assert "olena@example.org" not in page


def test_what_was_written_is_shown_as_text_not_as_markup(visitor: Client, town: Town) -> None:
    page = visitor.get(address(town.published("<script>alert(1)</script>"))).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_timeline_says_who_by_role_and_why(visitor: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Замінили лампу")
    page = visitor.get(address(report)).content.decode()
    timeline = page[page.index('<ol class="timeline">') :]
    assert timeline.index("reporter") < timeline.index("moderator") < timeline.index("City Lights")
    assert "Замінили лампу" in timeline
    assert "electrician@example.org" not in page


def test_the_card_is_only_the_card(visitor: Client, town: Town) -> None:
    page = visitor.get(address(town.published()) + "?fragment=card").content.decode()
    assert "Street lamp is out" in page
    assert "<html" not in page


def test_a_service_without_an_english_name_is_shown_in_marked_ukrainian(visitor: Client, town: Town) -> None:
    page = visitor.get(address(town.published(service=town.dump))).content.decode()
    assert '<span lang="uk">Стихійне звалище</span>' in page


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    visitor: Client, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = town.published()
    for _ in range(3):
        actions.resolve(report.pk, by=town.electrician, reason="Готово")
        actions.reopen(report.pk, by=None, reason="Ні")
    # the city, its policy, the report, its history, photos, comments, what was merged, help; the pages at the foot
    with django_assert_max_num_queries(9):
        visitor.get(address(report))


def test_its_sender_reopens_a_resolved_report(resident: Client, town: Town) -> None:
    report = town.published(reporter=town.resident)
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    resident.post(address(report) + "reopen/", {"reason": "Досі темно"})
    report.refresh_from_db()
    assert report.status == "reopened"


def test_another_resident_may_not_reopen_it(resident: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    assert resident.post(address(report) + "reopen/", {"reason": "Досі темно"}).status_code == 404


def test_a_visitor_without_the_tracking_address_may_not_reopen_it(visitor: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    answer = visitor.post(address(report) + "reopen/", {"reason": "Досі темно"})
    assert answer.headers["Location"].startswith("/accounts/login/")
    report.refresh_from_db()
    assert report.status == "resolved"


def test_whoever_holds_the_tracking_address_reopens_it(visitor: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    visitor.post(f"/horodok/track/{report.token}/reopen/", {"reason": "Досі темно"})
    report.refresh_from_db()
    assert report.status == "reopened"


def test_reopening_needs_a_reason_and_says_so(visitor: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    page = visitor.post(f"/horodok/track/{report.token}/reopen/", {"reason": " "})
    assert page.status_code == 422
    assert "Write what is still wrong" in page.content.decode()


def test_reopening_what_is_open_is_a_clear_sentence(visitor: Client, town: Town) -> None:
    report = town.published()
    page = visitor.post(f"/horodok/track/{report.token}/reopen/", {"reason": "Ні"}, follow=True)
    assert "A report that is “published” can&#x27;t become “reopened”." in page.content.decode()


def test_a_tracking_address_that_nobody_was_given_is_not_found(visitor: Client, town: Town) -> None:
    assert visitor.get("/horodok/track/abcdefgh/").status_code == 404


def test_a_tracking_page_is_kept_by_no_cache(visitor: Client, town: Town) -> None:
    answer = visitor.get(f"/horodok/track/{town.report().token}/")
    assert "no-store" in answer.headers["Cache-Control"]
