"""Schools, hospitals, churches: the buildings a city is found by. Invented, as everything here is."""

from typing import Literal, NamedTuple

import numpy as np
from shapely import Polygon
from shapely.affinity import rotate, translate

from gisportal.demo.layout import Km
from gisportal.demo.plane import Array

Shape = Literal["bar", "ell", "you", "cross", "aitch"]


class Place(NamedTuple):
    """A public building: where it should stand (kilometres), its length and depth in metres, its plan."""

    name: str
    name_en: str
    subtype: str
    at: Km
    length: float
    depth: float
    shape: Shape

    def moved(self, by: Km, village: str, village_en: str) -> "Place":
        """The same place in a village: shifted, its name completed."""
        at = (self.at[0] + by[0], self.at[1] + by[1])
        return self._replace(at=at, name=self.name.format(village), name_en=self.name_en.format(village_en))


PUBLIC = (
    Place("Васильківська міська рада", "Vasylkiv City Council", "civic", (0.02, 0.31), 62, 22, "ell"),
    Place("Центральна міська лікарня", "Central City Hospital", "hospital", (-0.42, 0.78), 92, 62, "aitch"),
    Place("поліклініка", "Outpatient Clinic", "hospital", (-0.3, 0.62), 54, 24, "ell"),
    Place(
        "собор Антонія і Феодосія",
        "Cathedral of Sts Anthony and Theodosius",
        "church",
        (-0.2, 0.05),
        30,
        30,
        "cross",
    ),
    Place("церква Святого Миколая", "Church of St Nicholas", "church", (0.4, -0.5), 24, 24, "cross"),
    Place("Покровська церква", "Church of the Intercession", "church", (0.25, -1.75), 24, 24, "cross"),
    Place("міський будинок культури", "City House of Culture", "civic", (0.24, 0.3), 52, 34, "ell"),
    Place("центральна бібліотека", "Central Library", "civic", (-0.32, 0.22), 36, 18, "bar"),
    Place("поштамт", "Post Office", "civic", (0.36, 0.12), 34, 18, "bar"),
    Place("автовокзал", "Bus Station", "transport", (-1.72, 0.33), 58, 22, "bar"),
    Place("центральний ринок", "Central Market", "retail", (0.5, 0.02), 80, 46, "you"),
    Place("пожежна частина", "Fire Station", "civic", (-0.9, 0.28), 44, 20, "ell"),
    Place("ліцей № 1", "Lyceum No. 1", "school", (0.3, 0.55), 74, 44, "you"),
    Place("ліцей № 2", "Lyceum No. 2", "school", (-2.0, 1.28), 78, 50, "aitch"),
    Place("ліцей № 3", "Lyceum No. 3", "school", (1.75, 1.6), 78, 50, "aitch"),
    Place("гімназія № 4", "Gymnasium No. 4", "school", (-2.2, -0.62), 66, 40, "you"),
    Place("гімназія № 5", "Gymnasium No. 5", "school", (-0.25, 2.35), 66, 40, "you"),
    Place("гімназія № 6", "Gymnasium No. 6", "school", (2.35, 0.3), 66, 40, "you"),
    Place("гімназія № 7", "Gymnasium No. 7", "school", (-0.25, -1.75), 66, 40, "you"),
    Place("гімназія № 8", "Gymnasium No. 8", "school", (-1.15, 1.05), 60, 36, "ell"),
    Place("фаховий коледж", "Vocational College", "school", (-0.75, 0.25), 84, 46, "you"),
    Place("дитячий садок «Сонечко»", "Sonechko Kindergarten", "kindergarten", (-2.45, 1.7), 42, 30, "aitch"),
    Place("дитячий садок «Калинка»", "Kalynka Kindergarten", "kindergarten", (2.05, 1.95), 42, 30, "aitch"),
    Place("дитячий садок «Барвінок»", "Barvinok Kindergarten", "kindergarten", (0.95, 0.75), 40, 28, "ell"),
    Place("дитячий садок «Веселка»", "Veselka Kindergarten", "kindergarten", (-1.9, -0.15), 40, 28, "ell"),
    Place("дитячий садок «Дзвіночок»", "Dzvinochok Kindergarten", "kindergarten", (0.1, -1.5), 40, 28, "ell"),
    Place("керамічний завод", "Ceramics Works", "industrial", (2.45, 1.45), 120, 58, "ell"),
    Place("котельня № 1", "Boiler House No. 1", "utility", (1.1, 1.0), 34, 22, "bar"),
    Place("котельня № 2", "Boiler House No. 2", "utility", (-2.65, 1.35), 34, 22, "bar"),
    Place("водозабір", "Water Intake", "utility", (0.75, 2.05), 30, 20, "bar"),
)
VILLAGE_PUBLIC = (
    Place("старостат ({})", "Starosta's Office ({})", "civic", (0.05, 0.06), 24, 13, "bar"),
    Place("гімназія ({})", "Gymnasium ({})", "school", (-0.2, -0.06), 44, 26, "ell"),
    Place("сільський клуб ({})", "Village Club ({})", "civic", (0.2, -0.05), 28, 16, "bar"),
    Place("церква ({})", "Church ({})", "church", (-0.08, 0.1), 18, 18, "cross"),
)

# Plans as corners in fractions of length and depth, counter-clockwise, the street to the south.
_PLANS: dict[Shape, list[Km]] = {
    "bar": [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)],
    "ell": [(-0.5, -0.5), (0.5, -0.5), (0.5, -0.05), (-0.05, -0.05), (-0.05, 0.5), (-0.5, 0.5)],
    "you": [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (0.2, 0.5), (0.2, -0.1), (-0.2, -0.1), (-0.2, 0.5), (-0.5, 0.5)],
    "cross": [(-0.18, -0.5), (0.18, -0.5), (0.18, -0.2), (0.5, -0.2), (0.5, 0.2), (0.18, 0.2), (0.18, 0.5),
              (-0.18, 0.5), (-0.18, 0.2), (-0.5, 0.2), (-0.5, -0.2), (-0.18, -0.2)],
    "aitch": [(-0.5, -0.5), (-0.25, -0.5), (-0.25, -0.15), (0.25, -0.15), (0.25, -0.5), (0.5, -0.5), (0.5, 0.5),
              (0.25, 0.5), (0.25, 0.15), (-0.25, 0.15), (-0.25, 0.5), (-0.5, 0.5)],
}  # fmt: skip


def footprint(place: Place, centre: Array, heading: float) -> Polygon:
    """The building's plan at its place, turned along the street (radians)."""
    plan = Polygon(np.array(_PLANS[place.shape]) * (place.length, place.depth))
    turned: Polygon = rotate(plan, heading, origin=(0, 0), use_radians=True)
    return translate(turned, float(centre[0]), float(centre[1]))
