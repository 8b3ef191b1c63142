"""What the addresses of a city's settings are made of."""

from districts.models import Membership, Question, Role
from tests.access.people import World


def of_settings(world: World, route: str) -> dict[str, object]:
    """The number of a thing of that city that the route's screen shows; nothing for other routes."""
    if route.startswith("settings-member"):
        return {"pk": Membership.objects.get(city=world.town.city, role=Role.PLANNER).pk}
    if route.startswith("settings-department"):
        return {"pk": world.town.roads.pk}
    if route.startswith("settings-service") or route == "settings-question-new":
        return {"pk": world.town.lamp.pk}
    if route.startswith("settings-question"):
        question = Question.objects.create(service=world.town.lamp, code="pole", label_uk="Номер опори")
        return {"pk": question.pk}
    return {}
