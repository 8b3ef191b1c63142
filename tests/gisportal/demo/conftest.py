"""The demo city, written once for all tests of this folder."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gisportal.demo import SEED
from gisportal.demo.generator import generate


class Written:
    """The folder of generated files, read back as an importer would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, list[dict[str, Any]]] = {}

    def features(self, stem: str) -> list[dict[str, Any]]:
        """The features of one GeoJSON file."""
        if stem not in self._read:
            self._read[stem] = json.loads((self.folder / f"{stem}.geojson").read_text(encoding="utf-8"))[
                "features"
            ]
        return self._read[stem]

    def shapes(self, stem: str) -> list[BaseGeometry]:
        """Their geometries, in degrees."""
        return [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in self.features(stem)]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("vasylkiv")
    generate(SEED, folder)
    return Written(folder)
