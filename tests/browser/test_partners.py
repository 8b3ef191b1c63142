"""Partners and helping in a real browser: axe in light and dark, on a phone and on a desk; a clean-up by one tap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from districts.models import Membership, Role, User
from reports import actions
from reports.models import HelpOffer, Partner
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import DESK, PHONE, broken_rules, fits
from tests.town import PASSWORD, Town


@pytest.fixture
def helped(town: Town) -> HelpOffer:
    """A partner that has helped once and offers to help again, and a neighbour's clean-up that waits for guests."""
    member = User.objects.create_user("partner@example.org", PASSWORD, name="Поліна")
    Membership.objects.create(user=member, city=town.city, role=Role.PARTNER)
    river = Partner.objects.create(
        city=town.city,
        kind="ngo",
        name_uk="Чиста річка",
        description_uk="Прибираємо",
        website="https://a.example",
    )
    river.people.add(member)
    first, second, third = (actions.welcome_help(town.published().pk, welcome=True) for _ in range(3))
    given = actions.offer_help(first.pk, member, "Приїдемо вдесятьох", river)
    actions.accept_help(given.pk, town.electrician)
    actions.mark_helped(given.pk, town.electrician)
    actions.offer_help(second.pk, member, "Приїдемо знову", river)
    day = timezone.localdate() + timedelta(days=7)
    cleanup = actions.offer_help(third.pk, town.resident, "О десятій", day=day, cleanup=True, shows_name=True)
    return actions.accept_help(cleanup.pk, town.electrician)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_about_help_breaks_a_rule_of_accessibility(
    opens: Opens, town: Town, helped: HelpOffer, scheme: str, size: dict[str, int]
) -> None:
    member, river = User.objects.get(email="partner@example.org"), Partner.objects.get()
    report = f"/horodok/reports/{helped.report_id}/"
    visits = [
        (
            member,
            ["/horodok/partners/", f"/horodok/partners/{river.pk}/", report, "/horodok/reports/?help=1"],
        ),
        (member, ["/horodok/partners/desk/", f"/horodok/partners/desk/?report={helped.report_id}"]),
        (member, ["/horodok/partners/desk/offers/", "/horodok/partners/desk/page/"]),
        (town.moderator, ["/horodok/moderation/partners/"]),
    ]
    broken = {}
    for person, addresses in visits:
        page = signed_in(opens(color_scheme=scheme, viewport=size), person)
        for address in addresses:
            page.goto(address)
            broken |= {address: found} if (found := broken_rules(page)) else {}
            assert fits(page), f"{address} is wider than the window"
    assert broken == {}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_ones_own_or_of_departments_breaks_a_rule_of_accessibility(
    opens: Opens, town: Town, helped: HelpOffer, scheme: str, size: dict[str, int]
) -> None:
    town.published(reporter=town.resident)
    actions.follow(helped.report_id, town.resident)
    page = signed_in(opens(color_scheme=scheme, viewport=size), town.resident)
    broken = {}
    for address in [
        "/me/",
        "/me/following/",
        "/me/letters/",
        "/me/privacy/",
        "/horodok/departments/",
        "/horodok/departments/lamps/",
    ]:
        page.goto(address)
        broken |= {address: found} if (found := broken_rules(page)) else {}
        assert fits(page), f"{address} is wider than the window"
    assert broken == {}


def test_a_clean_up_is_joined_by_one_tap_and_without_javascript(
    opens: Opens, town: Town, helped: HelpOffer
) -> None:
    page = signed_in(opens(viewport=PHONE, java_script_enabled=False), town.moderator)
    page.goto(f"/horodok/reports/{helped.report_id}/")
    page.get_by_role("button", name="I will come").click()
    page.get_by_text("2 people come: Олена").wait_for()


def test_a_refused_offer_stands_open_with_its_words(opens: Opens, town: Town, helped: HelpOffer) -> None:
    page = signed_in(opens(viewport=PHONE), town.moderator)
    page.goto(f"/horodok/reports/{helped.report_id}/")
    page.get_by_text("Set a clean-up day").click()
    page.get_by_label("What neighbours should know").fill("О десятій біля мосту")
    page.get_by_role("button", name="Offer a clean-up day").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.get_by_label("What neighbours should know").input_value() == "О десятій біля мосту"
    page.get_by_role("link", name="Choose the day of the clean-up.").click()
    assert page.evaluate("document.activeElement.name") == "cleanup-day"


def test_only_what_welcomes_help_stays_on_map_and_list_when_it_is_asked_for(
    opens: Opens, town: Town, helped: HelpOffer
) -> None:
    town.published("Самі впораємося")
    page = opens().new_page()
    page.goto("/horodok/")
    page.get_by_text("Самі впораємося").wait_for()
    page.get_by_text("More filters").click()
    with page.expect_request(lambda request: "/tiles/reports/" in request.url and "help=1" in request.url):
        page.get_by_label("Help is welcome").check()
    page.get_by_text("Самі впораємося").wait_for(state="detached")
    assert "help=1" in page.url
