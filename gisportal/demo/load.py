"""Loads a demo city through the same commands that a real city is imported with, in one transaction."""

import io
import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone, translation

from districts.models import User
from gisportal.demo import accounts, bodies, decided, helpers, sections, waiting
from gisportal.demo.files import generated, shift_to, shifted
from gisportal.demo.generator import FIXTURES
from layers.importing.names import tell_source
from layers.models import City

FIELDS = {
    "name": "name",
    "owner": "owner",
    "subtype": "subtype",
    "street": "street",
    "house_number": "housenumber",
    "settlement": "settlement",
    "other_names": "other_names",
}

Say = Callable[[str], None]
SETS = (
    # file and code of the set, its names, whether its features say how many people live there
    ("settlements", "Населені пункти", "Settlements", True),
    ("microdistricts", "Мікрорайони", "Microdistricts", False),
    ("neighbours", "Сусідні громади", "Neighbouring hromadas", False),
)


@dataclass(frozen=True, slots=True)
class Steps:
    """Runs the import commands quietly and says what each one brought, and in how many seconds."""

    say: Say
    slug: str

    def run(self, command: str, path: Path, **options: Any) -> None:
        """Import the file into the city; CommandError where any row is refused."""
        with self.timed(f"{command} {path.name}") as told:
            printed = io.StringIO()
            if command != "import_city":
                options["city"] = self.slug
            try:
                call_command(command, path, verbosity=0, stdout=printed, **options)
            except CommandError as error:
                raise CommandError(f"{printed.getvalue()}{error}") from error
            told.append(printed.getvalue().partition("\n")[0].partition(": ")[2])

    @contextmanager
    def timed(self, what: str) -> Iterator[list[str]]:
        """Say `what`, the seconds it took, and what was added to the list meanwhile."""
        begun, told = monotonic(), list[str]()
        yield told
        self.say(f"{what}: {', '.join([*told, f'{monotonic() - begun:.1f} s'])}")


def load_vasylkiv(kept: Path, say: Say, *, with_accounts: bool) -> City:
    """The synthetic Vasylkiv, drawn into `kept` and loaded whole or not at all."""
    folder = generated(kept, lambda step: say(f"drawing {step}"))
    steps = Steps(say, "vasylkiv")
    with transaction.atomic(), translation.override("en"):
        steps.run(
            "import_city",
            folder / "city.geojson",
            slug="vasylkiv",
            name="Васильків",
            name_en="Vasylkiv",
            timezone="Europe/Kyiv",
            attribution="Synthetic data of the demo city, MIT",
            synthetic=True,
        )
        _districts(steps, folder)
        _assets(steps, folder)
        city = City.objects.get(slug="vasylkiv")
        tell_source(city, "Вигадані дані демонстраційного міста, MIT", "Synthetic data of the demo city, MIT")
        city.save()
        bodies.make_departments(city, FIXTURES / "departments.csv")
        bodies.make_services(city, FIXTURES / "services.csv")
        decided.decide(city, FIXTURES / "settings.toml")
        steps.run("import_rules", FIXTURES / "rules.csv")
        table = shifted(folder / "reports.csv", folder / "shifted.csv", shift_to(timezone.localdate()))
        steps.run("import_reports", table, mapping=FIXTURES / "reports-mapping.toml")
        with steps.timed("places, news and ideas"):
            sections.make_sections(city, FIXTURES / "sections.toml")
        people(city, with_accounts=with_accounts)
        with steps.timed("partners and their help"):
            helpers.add_helpers(city)
    return city


def people(city: City, *, with_accounts: bool) -> None:
    """The demo accounts, where they are allowed, and the reports that wait for a moderator."""
    if with_accounts:
        accounts.make_accounts(city)
    waiting.send_reports(city, User.objects.filter(email=f"resident@{city.slug}.example").first())


def _districts(steps: Steps, folder: Path) -> None:
    for stem, name, name_en, peopled in SETS:
        steps.run(
            "import_districts",
            folder / f"{stem}.geojson",
            set=stem,
            set_name=name,
            set_name_en=name_en,
            name_field="name",
            name_en_field="name_en",
            code_field="code",
            population_field="population" if peopled else None,
        )


def _assets(steps: Steps, folder: Path) -> None:
    layers = tomllib.loads((FIXTURES / "layers.toml").read_text(encoding="utf-8"))
    for stem, about in layers.items():
        path = folder / f"{stem}.geojson"
        steps.run(
            "import_assets",
            path,
            layer=stem,
            kind=about["kind"],
            layer_name=about["title_uk"],
            layer_name_en=about["title_en"],
            reach_m=about["reach_m"],
            visibility=about["visibility"],
            ref_field="ref",
            **_fields(path),
        )


def _fields(path: Path) -> dict[str, str]:
    """The options of import_assets for what the features say of themselves; each stands on a line of its own."""
    with path.open(encoding="utf-8") as stream:
        next(stream)
        properties = json.loads(next(stream).rstrip(",\n"))["properties"]
    return {f"{option}_field": field for option, field in FIELDS.items() if field in properties}
