"""How far the data behind an answer have come: what its ETag is made of."""

import time
from collections.abc import Hashable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from layers.prepared import prepared_cursor

MAKING = ("layers", "districts", "reports")
"""The packages whose code decides what an answer holds."""
MOST_HELD = 5000

_VERSION = """
SELECT city.id, coalesce(sum(change.step), 0)
FROM (SELECT (SELECT id FROM layers_city WHERE slug = %(slug)s) AS id) AS city
LEFT JOIN layers_change AS change
    ON change.source = ANY(%(sources)s)
   AND (%(slug)s = '' OR change.city_id IS NULL OR change.city_id = city.id)
GROUP BY city.id
"""


_held: dict[tuple[Hashable, str], tuple[str, float]] = {}
"""Each version asked for, and when, in seconds of the clock; bounded by what cities and layers there are."""


def version(sources: frozenset[str], city_slug: str = "", *, seen_at: float = 0.0) -> str:
    """What changes with every committed change of these tables in the city; without one, in all cities. One query.

    Within a second the last answer is given again, unless it is older than `seen_at` (seconds of the clock).
    """
    name, now = (sources, city_slug), time.time()
    held, at = _held.get(name, ("", 0.0))
    if at >= seen_at and 0 <= now - at < settings.VERSIONS_HELD_S:
        return held
    if len(_held) > MOST_HELD:
        _held.clear()
    found = _look_up(sources, city_slug)
    _held[name] = (found, now)
    return found


def _look_up(sources: frozenset[str], city_slug: str) -> str:
    values: Any = {"sources": list(sources), "slug": city_slug}
    with prepared_cursor() as cursor:
        cursor.execute(_VERSION, values)
        city, steps = cursor.fetchone()
    return f"{city or 0}-{steps}"


@cache
def release(*packages: str) -> str:
    """What changes with the code: a digest of the Python sources of these packages, or of all that make answers."""
    digest = sha256()
    for package in packages or MAKING:
        spec = find_spec(package)
        for path in sorted(Path(spec.origin).parent.rglob("*.py")) if spec and spec.origin else []:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
