"""Who helps the demo city: partners, what they offered and gave, and clean-up days ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from districts.models import Role, User
from layers.models import City
from reports.models import CleanupGuest, HelpOffer, Note, Partner, Report, StatusChange
from reports.workflow import WAITING, Status

State = HelpOffer.State


@dataclass(frozen=True, slots=True)
class Helper:
    """A made-up organisation; with which categories it helps, and in which words it offers."""

    kind: str
    name_uk: str
    name_en: str
    description_uk: str
    description_en: str
    services: tuple[str, ...]
    offers: str


HELPERS = (
    Helper(
        "ngo", "ГО «Чиста Стугна» (демо)", "Clean Stuhna NGO (demo)",
        "Прибираємо береги річки й стихійні звалища разом із мешканцями. Привозимо рукавиці, мішки та чай.",
        "We clear river banks and illegal dumps together with residents. We bring gloves, bags and tea.",
        ("stray-dump", "street-litter", "river-pollution"), "Приїдемо вдесятьох із рукавицями та мішками.",
    ),
    Helper(
        "charity", "Благодійний фонд «Тепле подвірʼя» (демо)", "Warm Yard Charity (demo)",
        "Допомагаємо сімʼям переселенців і самотнім людям: дрібний ремонт, лавки, дитячі майданчики.",
        "We help displaced families and lonely people: small repairs, benches, playgrounds.",
        ("playground", "bench", "house-entrance"), "Купимо матеріали й полагодимо руками волонтерів.",
    ),
    Helper(
        "business", "Майстерня «Дубок» (демо)", "Dubok Workshop (demo)",
        "Столярна майстерня. Дошки, фарба й пилорама — коли громаді треба щось полагодити.",
        "A joinery. Boards, paint and a sawmill whenever the community has something to mend.",
        ("bench", "tree-pruning", "tree-danger"), "Дамо автовишку і двох людей на пів дня.",
    ),
    Helper(
        "enterprise", "КП «Зелена бригада» (демо)", "Green Brigade Enterprise (demo)",
        "Комунальне підприємство: косимо траву, обрізаємо гілки, вивозимо листя поза чергою, якщо просять.",
        "A communal enterprise: mowing, pruning and leaf removal out of turn when asked.",
        ("grass", "ragweed", "tree-pruning"), "Виїде бригада з косарками.",
    ),
    Helper(
        "ngo", "Спілка сусідів «Вокзал» (демо)", "Vokzal Neighbours’ Union (demo)",
        "Сусіди з вулиць біля вокзалу. Фарбуємо зупинки, знімаємо оголошення, дивимося за безхатніми тваринами.",
        "Neighbours from the streets by the station. We paint bus stops, take down posters, look after stray animals.",
        ("bus-stop", "graffiti", "stray-dogs"), "Пофарбуємо самі, потрібна лише фарба.",
    ),
)  # fmt: skip
CLEANUPS = (
    (5, "Збираємося о 10:00 біля звалища. Беріть рукавиці, мішки дамо."),
    (12, "Толока о 9:30. Обід варимо в казані, діти — з батьками."),
    (19, "О 11:00 прибираємо листя й сміття. Потрібні граблі та тачка."),
)
"""Days from today, and what neighbours should know."""
WELCOMING_EACH = 5
"""Open reports of each partner's categories that welcome help."""


def add_helpers(city: City) -> int:
    """Partners with offers on open and solved reports, and clean-up days; how many offers there are."""
    member = User.objects.filter(memberships__city=city, memberships__role=Role.PARTNER).first()
    offers: list[HelpOffer] = []
    for helper in HELPERS:
        partner = _partner(city, helper, member if not offers else None)
        open_ones, solved = _reports(city, helper, WAITING), _reports(city, helper, (Status.RESOLVED,))
        Report.objects.filter(pk__in=[report.pk for report in open_ones]).update(welcomes_help=True)
        helped = [(report, State.DONE) for report in solved[:2]]
        helped += zip(open_ones, (State.ACCEPTED, State.OFFERED), strict=False)
        offers += [_offer(report, partner, helper.offers, state) for report, state in helped]
    cleanups = _cleanups(city)
    _thank(HelpOffer.objects.bulk_create([*offers, *cleanups]))
    _invite(city, cleanups)
    return len(offers) + len(cleanups)


def _partner(city: City, helper: Helper, member: User | None) -> Partner:
    names = ("kind", "name_uk", "name_en", "description_uk", "description_en")
    partner = Partner.objects.create(city=city, **{name: getattr(helper, name) for name in names})
    if member is not None:
        partner.people.add(member)
    return partner


def _reports(city: City, helper: Helper, statuses: Sequence[str]) -> list[Report]:
    """The newest public ones of the helper's categories that nobody helps with yet."""
    found = Report.objects.public().filter(city=city, service__code__in=helper.services, status__in=statuses)
    return list(
        found.filter(welcomes_help=False, help_offers=None).order_by("-published_at", "-pk")[:WELCOMING_EACH]
    )


def _offer(report: Report, partner: Partner, text: str, state: str) -> HelpOffer:
    given = report.closed_at if state == State.DONE and report.closed_at else timezone.now()
    return HelpOffer(report=report, partner=partner, text=text, state=state, at=given - timedelta(days=2))


def _cleanups(city: City) -> list[HelpOffer]:
    dumps = Report.objects.public().filter(city=city, welcomes_help=True, status__in=WAITING)
    dumps = dumps.filter(service__code="stray-dump")
    host = User.objects.filter(email=f"resident@{city.slug}.example").first()
    waiting = dumps.exclude(help_offers__state=State.OFFERED).order_by("published_at", "pk")
    return [
        HelpOffer(
            report=report, user=host, text=text, cleanup=True, state=State.ACCEPTED, shows_name=True,
            day=timezone.localdate() + timedelta(days=days), at=timezone.now() - timedelta(days=2),
        )
        for report, (days, text) in zip(waiting, CLEANUPS, strict=False)
    ]  # fmt: skip


def _thank(offers: list[HelpOffer]) -> None:
    """What the timelines say, as the actions would have appended it, without a letter to anybody."""
    StatusChange.objects.bulk_create(
        StatusChange(
            report=offer.report,
            at=offer.at + timedelta(hours=hours),
            before=offer.report.status,
            after=offer.report.status,
            role=Role.DEPARTMENT,
            department_id=offer.report.department_id,
            note=Note.HELPED,
            details=_details(offer, state),
        )
        for offer in offers
        for hours, state in ((1, State.ACCEPTED), (30, State.DONE))
        if state == offer.state or (state == State.ACCEPTED and offer.state == State.DONE)
    )


def _details(offer: HelpOffer, state: str) -> dict[str, str | int | None]:
    names = {
        "partner": getattr(offer.partner, "name_uk", None),
        "partner_en": getattr(offer.partner, "name_en", None),
    }
    day = offer.day.isoformat() if offer.cleanup and offer.day else None
    return {**names, "state": str(state), "offer": offer.pk, "cleanup": day}


def _invite(city: City, cleanups: list[HelpOffer]) -> None:
    people = User.objects.filter(email__endswith=f"@{city.slug}.example").exclude(
        email__startswith="resident@"
    )
    CleanupGuest.objects.bulk_create(
        CleanupGuest(offer=cleanup, user=person, shows_name=turn % 2 == 0)
        for number, cleanup in enumerate(cleanups)
        for turn, person in enumerate(people.order_by("pk")[: 6 - 2 * number])
    )
