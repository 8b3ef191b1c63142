"""Partners: their public pages, their desk, and the moderators who let them be seen."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import Membership, Role, User
from reports import actions
from reports.models import HelpOffer, Partner, Report
from tests.town import IN_THE_EAST, PASSWORD, Town

TOLD = {"kind": "ngo", "name_uk": "Чиста річка", "description_uk": "Прибираємо береги"}


@pytest.fixture
def member(town: Town) -> User:
    """Somebody with the role of a partner who has told nothing of their organisation yet."""
    person = User.objects.create_user("partner@example.org", PASSWORD, name="Поліна")
    Membership.objects.create(user=person, city=town.city, role=Role.PARTNER)
    return person


@pytest.fixture
def river(town: Town, member: User) -> Partner:
    partner = Partner.objects.create(
        city=town.city, kind="ngo", name_uk="Чиста річка", name_en="Clean River", description_uk="Прибираємо"
    )
    partner.people.add(member)
    return partner


@pytest.fixture
def helper(member: User) -> Client:
    """A browser in which the partner is signed in."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(member)
    return browser


def welcoming(town: Town, text: str = "Звалище", **fields: object) -> Report:
    return actions.welcome_help(town.published(text, **fields).pk, welcome=True)


def given(town: Town, river: Partner, member: User) -> HelpOffer:
    """Help that the department has thanked for."""
    offer = actions.offer_help(welcoming(town).pk, member, "Приїдемо вдесятьох", river)
    actions.accept_help(offer.pk, town.electrician)
    return actions.mark_helped(offer.pk, town.electrician)


def test_the_list_names_partners_with_what_they_helped_to_solve(
    visitor: Client, town: Town, river: Partner, member: User
) -> None:
    given(town, river, member)
    page = visitor.get("/horodok/partners/").content.decode()
    assert "Clean River" in page
    assert "Helped to solve 1 problem" in page


def test_an_empty_list_invites(visitor: Client, town: Town) -> None:
    assert "Does your organisation want to help?" in visitor.get("/horodok/partners/").content.decode()


@pytest.mark.parametrize(("kind", "shown"), [("ngo", True), ("business", False), ("nonsense", True)])
def test_the_list_is_narrowed_by_kind(visitor: Client, river: Partner, kind: str, shown: bool) -> None:
    page = visitor.get("/horodok/partners/", {"kind": kind}).content.decode()
    assert ("Clean River" in page) is shown


def test_a_partners_page_links_what_they_helped_with(
    visitor: Client, town: Town, river: Partner, member: User
) -> None:
    offer = given(town, river, member)
    page = visitor.get(f"/horodok/partners/{river.pk}/").content.decode()
    assert f"/horodok/reports/{offer.report_id}/" in page
    assert "Приїдемо вдесятьох" in page


def test_help_with_a_report_that_became_private_is_not_shown(
    visitor: Client, town: Town, river: Partner, member: User
) -> None:
    offer = given(town, river, member)
    actions.keep_private(offer.report_id, town.moderator, private=True)
    assert "Приїдемо" not in visitor.get(f"/horodok/partners/{river.pk}/").content.decode()
    assert "Helped to solve" not in visitor.get("/horodok/partners/").content.decode()


def test_a_partner_nobody_published_is_seen_by_its_people_and_moderators_only(
    visitor: Client, helper: Client, moderator: Client, river: Partner
) -> None:
    actions.show_partner(river.pk, published=False)
    address = f"/horodok/partners/{river.pk}/"
    assert [one.get(address).status_code for one in (visitor, helper, moderator)] == [404, 200, 200]
    assert "Clean River" not in visitor.get("/horodok/partners/").content.decode()


def test_a_new_page_waits_for_a_moderator_who_publishes_it(
    visitor: Client, helper: Client, moderator: Client, member: User
) -> None:
    helper.post("/horodok/partners/desk/page/", TOLD)
    partner = Partner.objects.get()
    assert (partner.name_uk, partner.published, list(partner.people.all())) == (
        "Чиста річка",
        False,
        [member],
    )
    assert "Чиста річка" in moderator.get("/horodok/moderation/partners/").content.decode()
    moderator.post(f"/horodok/moderation/partners/{partner.pk}/publish/", {"published": "1"})
    assert "Чиста річка" in visitor.get("/horodok/partners/").content.decode()


def test_a_page_that_lacks_something_keeps_what_was_typed(helper: Client) -> None:
    answer = helper.post(
        "/horodok/partners/desk/page/", {"name_uk": "Чиста річка", "website": "ftp://x.example"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Чиста річка"' in page
    assert "begins with https://" in page
    assert not Partner.objects.exists()


def test_a_partner_changes_its_own_page_and_stays_published(helper: Client, river: Partner) -> None:
    helper.post("/horodok/partners/desk/page/", {**TOLD, "website": "river.example"})
    river.refresh_from_db()
    assert (river.website, river.published) == ("https://river.example", True)


def test_nobody_changes_the_page_of_another_partner(helper: Client, river: Partner, town: Town) -> None:
    other = Partner.objects.create(city=town.city, kind="business", name_uk="Майстерня")
    helper.post(f"/horodok/partners/desk/page/?partner={other.pk}", TOLD)
    other.refresh_from_db()
    assert other.name_uk == "Майстерня"


def test_the_desk_lists_what_welcomes_help_by_district_and_category(helper: Client, town: Town) -> None:
    welcoming(town, "Західний ліхтар")
    welcoming(town, "Східне звалище", service=town.dump, point=IN_THE_EAST)
    town.published("Не для помічників")
    all_of_it = helper.get("/horodok/partners/desk/").content.decode()
    in_the_east = helper.get("/horodok/partners/desk/", {"district": "east"}).content.decode()
    lamps = helper.get("/horodok/partners/desk/", {"service": "lamp"}).content.decode()
    assert "Західний" in all_of_it
    assert "Східне" in all_of_it
    assert "Не для" not in all_of_it
    assert "Західний" not in in_the_east
    assert "Східне" in in_the_east
    assert "Західний" in lamps
    assert "Східне" not in lamps
    assert 'data-query="help=1&amp;service=lamp"' in lamps


def test_an_empty_desk_says_why(helper: Client, town: Town) -> None:
    assert "no department asks for help" in helper.get("/horodok/partners/desk/").content.decode()
    welcoming(town)
    filtered = helper.get("/horodok/partners/desk/", {"district": "east"}).content.decode()
    assert "Nothing here under these filters." in filtered


@pytest.mark.parametrize(
    "address", ["?service=%00", "?district=%00", "?page=x", "?report=999999", "?report=x"]
)
def test_nonsense_in_the_desks_address_is_no_mistake(helper: Client, town: Town, address: str) -> None:
    assert helper.get(f"/horodok/partners/desk/{address}").status_code == 200


def test_an_offer_is_made_in_the_organisations_name_and_listed(
    helper: Client, town: Town, river: Partner
) -> None:
    report = welcoming(town)
    helper.post(
        f"/horodok/partners/desk/{report.pk}/offer/", {"offer-text": "Приїдемо", "offer-day": "2199-05-01"}
    )
    offer = HelpOffer.objects.get()
    assert (offer.partner, offer.text, str(offer.day)) == (river, "Приїдемо", "2199-05-01")
    page = helper.get("/horodok/partners/desk/offers/").content.decode()
    assert "Приїдемо" in page
    assert "offered" in page


def test_a_refused_offer_keeps_its_words(helper: Client, town: Town, river: Partner) -> None:
    report = welcoming(town)
    answer = helper.post(
        f"/horodok/partners/desk/{report.pk}/offer/", {"offer-text": "Приїдемо", "offer-day": "2001-01-01"}
    )
    assert answer.status_code == 422
    assert "Приїдемо</textarea>" in answer.content.decode()
    assert 'id="id_offer-day_error"' in answer.content.decode()


def test_an_offer_needs_an_organisation_first(helper: Client, town: Town) -> None:
    report = welcoming(town)
    answer = helper.post(f"/horodok/partners/desk/{report.pk}/offer/", {"offer-text": "Приїдемо"})
    assert answer["Location"] == "/horodok/partners/desk/page/"


def test_who_has_two_organisations_says_in_whose_name(
    helper: Client, town: Town, river: Partner, member: User
) -> None:
    other = Partner.objects.create(city=town.city, kind="business", name_uk="Майстерня")
    other.people.add(member)
    report = welcoming(town)
    address = f"/horodok/partners/desk/{report.pk}/offer/"
    assert helper.post(address, {"offer-text": "Приїдемо"}).status_code == 422
    helper.post(address, {"offer-text": "Приїдемо", "offer-partner": str(other.pk)})
    assert HelpOffer.objects.get().partner == other


def test_an_offer_is_taken_back_from_the_desk(
    helper: Client, town: Town, river: Partner, member: User
) -> None:
    offer = actions.offer_help(welcoming(town).pk, member, "Приїдемо", river)
    helper.post(f"/horodok/partners/desk/offers/{offer.pk}/withdraw/")
    assert HelpOffer.objects.get().state == "withdrawn"


def test_moderators_answer_offers_that_no_department_can(
    moderator: Client, town: Town, member: User, resident: Client
) -> None:
    report = actions.reroute(welcoming(town).pk, town.electrician, None, "Не наше")
    offer = actions.offer_help(report.pk, member, "Приїдемо")
    assert "Приїдемо" in moderator.get("/horodok/moderation/partners/").content.decode()
    moderator.post(f"/horodok/moderation/partners/offers/{offer.pk}/", {"accept": "1"})
    offer.refresh_from_db()
    assert offer.state == "accepted"
    assert [change.role for change in report.changes.filter(note="helped")] == ["moderator"]


def test_the_public_list_can_show_only_what_welcomes_help(visitor: Client, town: Town) -> None:
    welcoming(town, "Прийдіть допоможіть")
    town.published("Самі впораємося")
    page = visitor.get("/horodok/reports/", {"help": "1"}).content.decode()
    assert "Прийдіть" in page
    assert "Самі" not in page
    assert 'name="help" value="1" id="help" checked' in page


def test_a_page_says_where_help_is_welcome_and_a_neighbour_offers_it(
    visitor: Client, resident: Client, town: Town
) -> None:
    report = welcoming(town)
    address = f"/horodok/reports/{report.pk}/"
    assert "Help is welcome here" in visitor.get(address).content.decode()
    resident.post(f"{address}help/", {"help-text": "Принесу лопату", "help-shows_name": "on"})
    assert "Your offer of help waits" in resident.get(address).content.decode()
    assert "Принесу лопату" not in visitor.get(address).content.decode()
    actions.accept_help(HelpOffer.objects.get().pk, town.electrician)
    page = visitor.get(address).content.decode()
    assert "Принесу лопату" in page
    assert "<strong>Олена</strong>" in page


def test_a_page_without_help_says_nothing_of_it(visitor: Client, resident: Client, town: Town) -> None:
    address = f"/horodok/reports/{town.published().pk}/"
    assert "help-title" not in visitor.get(address).content.decode()
    answer = resident.post(f"{address}help/", {"help-text": "Принесу лопату"})
    assert answer.status_code == 422
    assert "Принесу лопату</textarea>" in answer.content.decode()


def test_a_clean_up_is_set_accepted_joined_and_left(
    visitor: Client, resident: Client, moderator: Client, town: Town
) -> None:
    report = welcoming(town)
    address = f"/horodok/reports/{report.pk}/"
    day = timezone.localdate() + timedelta(days=7)
    resident.post(f"{address}cleanup/", {"cleanup-text": "О десятій", "cleanup-day": f"{day:%Y-%m-%d}"})
    offer = HelpOffer.objects.get()
    actions.accept_help(offer.pk, town.electrician)
    assert "1 person comes" in visitor.get(address).content.decode()
    moderator.post(f"{address}help/{offer.pk}/join/")
    assert "2 people come" in visitor.get(address).content.decode()
    moderator.post(f"{address}help/{offer.pk}/leave/")
    resident.post(f"{address}help/{offer.pk}/withdraw/")
    assert "О десятій" not in visitor.get(address).content.decode()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"cleanup-text": "О десятій"}, "Choose the day of the clean-up."),
        ({"cleanup-text": "О десятій", "cleanup-day": "2001-01-01"}, "today or later"),
        ({"cleanup-text": "О десятій", "cleanup-day": "завтра"}, "Write the day like"),
    ],
)
def test_a_clean_up_without_a_day_ahead_keeps_its_words(
    resident: Client, town: Town, said: dict[str, str], problem: str
) -> None:
    answer = resident.post(f"/horodok/reports/{welcoming(town).pk}/cleanup/", said)
    assert answer.status_code == 422
    assert "О десятій</textarea>" in answer.content.decode()
    assert problem in answer.content.decode()
    assert 'id="id_cleanup-day_error"' in answer.content.decode()


def test_nobody_joins_what_was_not_accepted(resident: Client, moderator: Client, town: Town) -> None:
    day = timezone.localdate() + timedelta(days=7)
    offer = actions.offer_help(welcoming(town).pk, town.resident, "О десятій", day=day, cleanup=True)
    assert moderator.post(f"/horodok/reports/{offer.report_id}/help/{offer.pk}/join/").status_code == 404
