"""Everybody who may come to the portal, and the things they may come to."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from PIL import Image

from districts.ideas import first_topic
from districts.models import Department, Membership, Policy, Role, User
from layers.models import City
from reports import actions, answer_links, drafts
from reports.models import (
    AbuseFlag,
    Announcement,
    AnswerLink,
    Comment,
    DraftPhoto,
    HelpOffer,
    Letter,
    Partner,
    Photo,
    Place,
    PlaceKind,
    PlacePhoto,
    Report,
)
from reports.photos import prepare
from reports.places import keep_photo
from tests.town import IN_THE_WEST, Town, box

WHO = (
    "anonymous",
    "author",
    "resident",
    "partner",
    "moderator",
    "department",
    "other_department",
    "planner",
    "administrator",
    "foreign_moderator",
    "platform",
)


@dataclass
class World:
    """A town with one report of each sort, and somebody in each role."""

    town: Town
    people: dict[str, User | None]
    things: dict[str, Report]
    photo: Photo
    comment: Comment
    flag: AbuseFlag
    places: dict[str, Place] = field(default_factory=dict)
    """A suggested and a published one, by their state."""
    offers: dict[str, HelpOffer] = field(default_factory=dict)
    """By the report they are for: the author's clean-up, the partner's offer, and one that moderators answer."""
    partner: Partner | None = None
    place_photo: PlacePhoto | None = None
    """Of the published place."""
    messages: dict[str, Announcement] = field(default_factory=dict)
    """A draft and a published one."""
    offer: HelpOffer | None = None
    """Of help with the public report."""
    link: AnswerLink | None = None
    """A contractor's, for the public report."""
    kept: dict[str, int] = field(default_factory=dict)
    """Numbers of what moderators keep besides reports, by what it is."""
    draft_photo: DraftPhoto | None = None
    """Of a draft that a visitor began."""

    def browser(self, who: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        person = self.people[who]
        if person is not None:
            client.force_login(person)
        return client


def build_world(town: Town) -> World:
    """The author wrote all reports; the department «lamps» has the public, the private and the resolved one."""
    foreign = City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    author = User.objects.create_user("author@town.example")
    people: dict[str, User | None] = {
        "anonymous": None,
        "author": author,
        "resident": town.resident,
        "partner": _with_role(town.city, "partner", Role.PARTNER),
        "moderator": town.moderator,
        "department": town.electrician,
        "other_department": _with_role(town.city, "roads", Role.DEPARTMENT, town.roads),
        "planner": _with_role(town.city, "planner", Role.PLANNER),
        "administrator": _with_role(town.city, "admin", Role.ADMINISTRATOR),
        "foreign_moderator": _with_role(foreign, "foreign", Role.MODERATOR),
        "platform": User.objects.create_superuser("platform@town.example"),
    }
    things = {
        "received": town.report(reporter=author),
        "public": town.published(reporter=author),
        "resolved": actions.resolve(town.published(reporter=author).pk, town.electrician, "Готово"),
        "private": actions.keep_private(town.published(reporter=author).pk, town.moderator, private=True),
        "nobodys": actions.reroute(town.published(reporter=author).pk, town.electrician, None, "Не наше"),
    }
    photo = actions.attach(things["public"], _picture())
    comment = actions.comment(things["public"].pk, town.resident, "Мені теж темно")
    flag = actions.flag(things["public"].pk, None, "Реклама")
    world = World(town, people, things, photo, comment, flag)
    add_idea(world)
    add_places(world)
    add_help(world)
    add_messages(world)
    add_helpers(world)
    add_what_moderators_keep(world)
    draft = drafts.start(town.city, None, lon=30.305, lat=50.165)
    world.draft_photo = drafts.add_photo(draft, prepare(_picture()))
    return world


def add_helpers(world: World) -> None:
    """A resident offers help with the public report, and a contractor has a link to it."""
    report, town = world.things["public"], world.town
    actions.welcome_help(report.pk, welcome=True)
    world.offer = actions.offer_help(report.pk, town.resident, "Маю драбину")
    world.link = actions.hand_link(report.pk, town.electrician, "Бригада", 7)


def add_help(world: World) -> None:
    """A partner nobody has published, and help with reports that welcome it."""
    town, people = world.town, world.people
    author, partner = people["author"], people["partner"]
    assert author is not None
    assert partner is not None
    world.partner = Partner.objects.create(city=town.city, kind="ngo", name_uk="Чиста річка", published=False)
    world.partner.people.add(partner)
    for thing in ("welcoming", "offered"):
        world.things[thing] = actions.welcome_help(town.published().pk, welcome=True)
    actions.welcome_help(world.things["nobodys"].pk, welcome=True)
    day = timezone.localdate() + timedelta(days=7)
    cleanup = actions.offer_help(world.things["welcoming"].pk, author, "О десятій", day=day, cleanup=True)
    world.offers = {
        "welcoming": actions.accept_help(cleanup.pk, town.electrician),
        "offered": actions.offer_help(world.things["offered"].pk, partner, "Приїдемо", world.partner),
        "nobodys": actions.offer_help(world.things["nobodys"].pk, partner, "Приїдемо", world.partner),
    }


def add_places(world: World) -> None:
    """A shelter that the author suggests, and one that a moderator has published."""
    kind, _ = PlaceKind.objects.get_or_create(city=None, code="shelter", defaults={"name_uk": "Укриття"})
    for state in ("suggested", "published"):
        world.places[state] = Place.objects.create(
            city=world.town.city, kind=kind, name_uk="Підвал", point=IN_THE_WEST, state=state
        )
    world.place_photo = keep_photo(world.places["published"], prepare(_picture()))


def add_messages(world: World) -> None:
    """A message of the city that is still a draft, and one for everybody."""
    for name, at in (("draft", None), ("published", timezone.now())):
        world.messages[name] = Announcement.objects.create(
            city=world.town.city, title_uk="Води не буде", text_uk="До вечора", published_at=at
        )


def add_idea(world: World) -> None:
    """The city takes ideas, and the author's is published."""
    city = world.town.city
    Policy.objects.update_or_create(city=city, defaults={"takes_ideas": True})
    city.refresh_from_db()
    topic = first_topic(city)
    idea = actions.submit(
        actions.Submission(
            city=city, service=topic, text="Лавки", point=IN_THE_WEST, reporter=world.people["author"]
        )
    )
    world.things["idea"] = actions.publish(idea.report.pk, by=world.town.moderator)


def add_what_moderators_keep(world: World) -> None:
    """A blocked sender, and a letter that was refused."""
    blocked = actions.block(
        world.town.city, "domain", "spam.example", "Реклама", world.town.moderator, until=None
    )
    letter = Letter.objects.create(
        report=world.things["public"],
        event="refused",
        audience="reporter",
        address="gone@town.example",
        message_id="<refused@town.example>",
        failure="550 no such mailbox",
    )
    world.kept = {"blocked": blocked.pk, "refused_letter": letter.pk}


def _picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    out.seek(0)
    return out


def _with_role(city: City, name: str, role: str, department: Department | None = None) -> User:
    person = User.objects.create_user(f"{name}@town.example")
    Membership.objects.create(user=person, city=city, role=role, department=department)
    return person


def token_for(report: Report) -> str:
    """A contractor's link for the report."""
    assert report.department is not None
    return answer_links.answer_token(report, report.department)
