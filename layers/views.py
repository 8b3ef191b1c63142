"""Tiles and the base map's style, over HTTP."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from layers.answers import Answer, private, public
from layers.asking import AskedTile, asked_tile
from layers.basemap.archives import LAST_ZOOM, archive_of, base_version, tile_in
from layers.basemap.archives import layers as base_layers
from layers.catalog import Layer, NoSuchLayer
from layers.geometry import OutsideTheGridError, Tile
from layers.models import City, Viewer
from layers.own_style import own_style
from layers.palette import THEMES
from layers.style import LANGUAGES, style
from layers.tiles import cut
from layers.versions import version

MVT = "application/vnd.mapbox-vector-tile"
BASE_S = 300
"""How long anybody may keep a tile of the base map."""
STYLE_S = 60
"""How long anybody may keep a style."""

View = Callable[..., HttpResponse]


def _problem(status: int, detail: str) -> JsonResponse:
    """An error as RFC 9457 problem details."""
    return JsonResponse(
        {"status": status, "detail": detail}, status=status, content_type="application/problem+json"
    )


def _explained(view: View) -> View:
    """The one table from what went wrong to what HTTP calls it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoSuchLayer as error:
            return _problem(404, _("There is no layer “%s”.") % error)
        except OutsideTheGridError as error:
            return _problem(404, _("There is no such tile: %s.") % error)
        except City.DoesNotExist:
            return _problem(404, _("There is no such city."))
        except ValidationError as error:
            return _problem(400, "; ".join(error.messages))

    return answer


@require_safe
@_explained
def tile(request: HttpRequest, layer_ids: str, z: int, x: int, y: int) -> HttpResponse:
    """A vector tile of one layer, or of several separated by commas.

    With `staff=1` as the city's staff see it, with `mine=1` only what is its viewer's: no shared cache keeps these.
    """
    asked = asked_tile(layer_ids, z, x, y, request.META["QUERY_STRING"])
    if asked.personal:
        return private(_cut(asked.layers, asked.tile, asked.filters, _viewer(request)), MVT)
    return public(
        request,
        Answer(
            content_type=MVT,
            key=(asked.key, *[layer.moment() for layer in asked.layers]),
            version=_version(asked),
            max_age_s=min(layer.max_age_s for layer in asked.layers),
            make=lambda: _cut(asked.layers, asked.tile, asked.filters, None),
        ),
    )


def _version(asked: AskedTile) -> str | None:
    if asked.sources is None or "\x00" in asked.city:
        return None
    return version(asked.sources, asked.city, seen_at=asked.seen_at)


@require_safe
@_explained
def base_tile(request: HttpRequest, city: str, z: int, x: int, y: int) -> HttpResponse:
    """A tile of a city's base map: as it was made beforehand, or cut now where what was made is out of date."""
    place = Tile(z, x, y)
    data = base_version(city)
    archive = archive_of(city, data) if z <= LAST_ZOOM else None
    filters = MultiValueDict({"city": [city]})
    shown = [layer for layer in base_layers() if z in layer.zooms]
    return public(
        request,
        Answer(
            content_type=MVT,
            key=("base", city, z, x, y, archive is not None),
            version=data,
            max_age_s=BASE_S,
            make=lambda: tile_in(archive, place) if archive else _cut(shown, place, filters, None),
        ),
    )


def _cut(
    layers: Iterable[Layer], place: Tile, filters: "MultiValueDict[str, str]", viewer: Viewer | None
) -> bytes:
    return b"".join(cut(layer, place, filters, viewer) for layer in layers)


def _viewer(request: HttpRequest) -> Viewer | None:
    user = request.user
    return user if user.is_authenticated else None


def _city(slug: str) -> City:
    """The live city of this slug; raises City.DoesNotExist also for what can be no slug."""
    if "\x00" in slug:
        raise City.DoesNotExist
    return City.objects.live().without_boundary().get(slug=slug)


@require_safe
@_explained
def base_style(request: HttpRequest) -> HttpResponse:
    """The base map's style (MapLibre style specification v8), light or dark, for one city or all."""
    theme = request.GET.get("theme", "light")
    if theme not in THEMES:
        raise ValidationError(_("The theme is “light” or “dark”."))
    language = request.GET.get("lang") or "uk"
    if language not in LANGUAGES:
        raise ValidationError(_("The map’s names are in “uk” or “en”."))
    slug = request.GET.get("city") or ""
    with translation.override(language):
        city = _city(slug) if slug else None
        origin = request.build_absolute_uri("/")
        made = (own_style(city, theme, origin) if city else None) or style(theme, city, origin, language)
    return public(
        request,
        Answer(
            content_type="application/json",
            key=(theme, slug, language),
            version=None,
            max_age_s=STYLE_S,
            make=lambda: json.dumps(made, ensure_ascii=False).encode(),
        ),
    )
