"""Help from residents and partners: offered, accepted, declined, taken back, given; clean-up days and who comes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from districts.models import Policy, Section, Service, User
from frontend.templatetags.report_words import step_name, told
from reports import actions, jobs, retention
from reports.errors import CleanupOver, NeedsADate, NeedsAReason, NoHelpWanted, OfferAnswered, OfferedAlready
from reports.models import HelpOffer, Letter, Partner, Report


@pytest.fixture
def people(db):
    return [
        User.objects.create_user(f"p{number}@town.example", name=f"Person {number}") for number in range(4)
    ]


@pytest.fixture
def welcoming(town):
    """A report of the roads body that welcomes help."""
    report = town.published(point=town.place(30.305, 50.17))
    return actions.welcome_help(report.pk, welcome=True)


@pytest.fixture
def partner(town):
    return Partner.objects.create(city=town.city, kind="ngo", name_uk="Чиста річка", name_en="Clean River")


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def letters(audience):
    return sorted(Letter.objects.filter(audience=audience).values_list("address", "event"))


def test_an_idea_takes_help_without_anybody_saying_so(town, people):
    Policy.objects.create(city=town.city, takes_ideas=True)
    ideas = Section.objects.create(city=town.city, code=Section.IDEAS, name_uk="Ідеї")
    service = Service.objects.create(city=town.city, section=ideas, code="idea", name_uk="Ідея")
    report = town.published(service=service)
    offer = actions.offer_help(report.pk, people[0], "I bring trees")
    assert list(HelpOffer.objects.waiting_without_department(town.city)) == [offer]


def test_a_closed_report_takes_no_more_help(town, people, welcoming):
    actions.resolve(welcoming.pk, town.worker, "Filled")
    with pytest.raises(NoHelpWanted):
        actions.offer_help(welcoming.pk, people[0], "I bring a shovel")


def test_an_offer_says_how(people, welcoming):
    with pytest.raises(NeedsAReason):
        actions.offer_help(welcoming.pk, people[0], "  ")
    assert not HelpOffer.objects.exists()


@pytest.mark.parametrize(("cleanup", "days"), [(True, None), (True, -1), (False, -1)])
def test_a_clean_up_has_a_day_and_no_day_is_over(people, welcoming, cleanup, days):
    day = None if days is None else in_days(days)
    with pytest.raises(NeedsADate):
        actions.offer_help(welcoming.pk, people[0], "Together", day=day, cleanup=cleanup)


def test_a_day_may_be_today(people, welcoming):
    assert actions.offer_help(welcoming.pk, people[0], "Together", day=in_days(0), cleanup=True).stands


def test_the_department_hears_of_an_offer_and_the_helper_of_the_answer(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "I bring a shovel")
    assert letters("offer") == [("roads@town.example", f"offer:{offer.pk}:offered")]
    actions.decline_help(offer.pk, town.worker)
    assert letters("helper") == [("p0@town.example", f"offer:{offer.pk}:declined")]


def test_the_letters_say_who_offers_what_and_what_was_answered(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "I bring a shovel", day=in_days(3))
    actions.accept_help(offer.pk, town.worker)
    for letter in Letter.objects.filter(offer=offer).order_by("pk"):
        Letter.objects.filter(pk=letter.pk).update(language="en")
        jobs.deliver(letter_id=letter.pk)
    to_department, to_helper = mail.outbox
    assert all(words in to_department.body for words in ("I bring a shovel", "Person 0, p0@town.example"))
    assert to_helper.subject == f"Report № {welcoming.pk}: your help is welcome"
    assert "is accepted" in to_helper.body


def test_an_answer_is_given_once(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "I bring a shovel")
    actions.decline_help(offer.pk, town.worker)
    with pytest.raises(OfferAnswered):
        actions.accept_help(offer.pk, town.worker)
    with pytest.raises(OfferAnswered):
        actions.mark_helped(0, town.worker)


def test_who_was_declined_may_offer_again(town, people, welcoming):
    actions.decline_help(actions.offer_help(welcoming.pk, people[0], "A shovel").pk, town.worker)
    assert actions.offer_help(welcoming.pk, people[0], "Two shovels").state == "offered"


def test_only_its_helper_takes_an_offer_back(people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "I bring a shovel")
    with pytest.raises(OfferAnswered):
        actions.withdraw_help(offer.pk, people[1])
    assert actions.withdraw_help(offer.pk, people[0]).state == "withdrawn"


def test_guests_come_to_an_accepted_clean_up_once_and_hear_when_it_is_called_off(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "Together", day=in_days(5), cleanup=True)
    with pytest.raises(CleanupOver):
        actions.join_cleanup(offer.pk, people[1])
    actions.accept_help(offer.pk, town.worker)
    actions.join_cleanup(offer.pk, people[1])
    actions.join_cleanup(offer.pk, people[1], shows_name=True)
    actions.join_cleanup(offer.pk, people[2])
    assert actions.leave_cleanup(offer.pk, people[2])
    assert [(guest.user, guest.shows_name) for guest in offer.guests.all()] == [(people[1], True)]
    actions.withdraw_help(offer.pk, people[0])
    assert ("p1@town.example", f"offer:{offer.pk}:withdrawn") in letters("helper")


def test_nobody_joins_a_clean_up_that_is_over(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "Together", day=in_days(0), cleanup=True)
    actions.accept_help(offer.pk, town.worker)
    HelpOffer.objects.update(day=in_days(-1))
    with pytest.raises(CleanupOver):
        actions.join_cleanup(offer.pk, people[1])


def test_the_timeline_thanks_a_partner_by_name_and_a_person_without(town, people, welcoming, partner):
    by_partner = actions.offer_help(welcoming.pk, people[0], "We bring ten people", partner)
    by_person = actions.offer_help(welcoming.pk, people[1], "A shovel", shows_name=True)
    for offer in (by_partner, by_person):
        actions.accept_help(offer.pk, town.worker)
        actions.mark_helped(offer.pk, town.worker)
    steps = list(welcoming.changes.filter(note="helped"))
    with translation.override("uk"):
        assert "Чиста річка" in told(steps[0])
    assert [told(step) for step in steps] == [
        "Clean River will help.",
        "Thank you, Clean River!",
        "A resident will help.",
        "Thank you to the resident who helped!",
    ]
    assert [step_name(step) for step in steps[:2]] == ["help was accepted", "help was given"]


def test_a_person_is_named_only_where_they_wish_and_a_partner_only_once_published(
    town, people, welcoming, partner
):
    named = actions.offer_help(welcoming.pk, people[0], "x", shows_name=True)
    quiet = actions.offer_help(welcoming.pk, people[1], "x")
    theirs = actions.offer_help(welcoming.pk, people[2], "x", partner)
    assert (named.named, quiet.named, theirs.named) == ("Person 0", "", str(partner))
    partner.published = False
    assert theirs.named == ""


def test_what_a_partner_helped_with_stays_when_its_member_leaves(town, people, welcoming, partner):
    given = actions.offer_help(welcoming.pk, people[0], "We bring ten people", partner)
    actions.accept_help(given.pk, town.worker)
    actions.mark_helped(given.pk, town.worker)
    waiting = actions.offer_help(welcoming.pk, people[1], "A shovel")
    for person in people[:2]:
        retention.forget_person(person)
    given.refresh_from_db()
    waiting.refresh_from_db()
    assert (given.user, given.partner, given.state) == (None, partner, "done")
    assert (waiting.user, waiting.state) == (None, "withdrawn")


def test_help_one_can_offer_is_found_on_lists_and_tiles(town, client, welcoming):
    town.published()
    found = client.get("/api/v1/reports/", {"help": "1"}).json()["features"]
    assert [feature["id"] for feature in found] == [welcoming.pk]
    actions.resolve(welcoming.pk, town.worker, "Filled")
    assert client.get("/api/v1/reports/", {"help": "1"}).json()["features"] == []


def test_reports_are_found_by_their_district(town, client):
    west, east = town.published(), town.published(point=town.place(30.33, 50.165))
    found = client.get("/api/v1/reports/", {"district": "e"}).json()["features"]
    assert [feature["id"] for feature in found] == [east.pk] != [west.pk]


def test_an_offer_on_a_report_that_became_private_is_not_public(town, people, welcoming):
    offer = actions.offer_help(welcoming.pk, people[0], "A shovel")
    actions.accept_help(offer.pk, town.worker)
    assert list(HelpOffer.objects.public()) == [offer]
    actions.keep_private(welcoming.pk, town.moderator, private=True)
    assert list(HelpOffer.objects.public()) == []


def test_a_partner_is_seen_by_everybody_only_once_a_moderator_let_it(town, people):
    told = actions.Told("ngo", "Чиста річка", "Clean River", "Прибираємо береги", "", "https://river.example")
    partner = actions.found_partner(town.city, people[0], told)
    assert list(Partner.objects.visible_to(None)) == []
    assert list(Partner.objects.visible_to(people[1])) == []
    assert list(Partner.objects.visible_to(people[0])) == [partner]
    assert list(Partner.objects.visible_to(town.moderator)) == [partner]
    actions.show_partner(partner.pk, published=True)
    assert list(Partner.objects.visible_to(None)) == [partner]


def test_one_offer_at_a_time(people, welcoming):
    actions.offer_help(welcoming.pk, people[0], "A shovel")
    with pytest.raises(OfferedAlready):
        actions.offer_help(welcoming.pk, people[0], "Together", day=in_days(1), cleanup=True)
    assert Report.objects.get(pk=welcoming.pk).help_offers.count() == 1
