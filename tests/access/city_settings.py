"""What the addresses of a city's settings are made of."""

from districts.models import CannedText, Holiday, Membership, Page, Purpose, Question, Role
from tests.access.people import World


def of_settings(world: World, route: str) -> dict[str, object]:
    """The number of a thing of that city that the route's screen shows; nothing for other routes."""
    if route.startswith("settings-member"):
        return {"pk": Membership.objects.get(city=world.town.city, role=Role.PLANNER).pk}
    if route in ("page", "settings-page", "settings-page-remove"):
        said = {"title_uk": "Правила", "body_uk": "Пишіть"}
        page, _ = Page.objects.get_or_create(city=world.town.city, slug="rules", defaults=said)
        return {"pk": page.pk, "slug": page.slug}
    if route.startswith("settings-holiday-"):
        return {"pk": Holiday.objects.get_or_create(city=world.town.city, day="2031-05-12")[0].pk}
    if route in ("settings-text", "settings-text-remove"):
        said = {"title_uk": "Дубль", "text_uk": "Про це вже пишуть"}
        text, _ = CannedText.objects.get_or_create(city=world.town.city, purpose=Purpose.REJECT, **said)
        return {"pk": text.pk}
    if route.startswith("settings-department"):
        return {"pk": world.town.roads.pk}
    if route.startswith("settings-service") or route == "settings-question-new":
        return {"pk": world.town.lamp.pk}
    if route.startswith("settings-question"):
        said = {"label_uk": "Номер опори"}
        question, _ = Question.objects.get_or_create(service=world.town.lamp, code="pole", defaults=said)
        return {"pk": question.pk}
    return {}
