"""Tiles and the base map's style, over HTTP."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from layers.catalog import NoSuchLayer, find
from layers.geometry import OutsideTheGridError, Tile
from layers.models import City, Viewer
from layers.style import THEMES, style
from layers.tiles import cut

MVT = "application/vnd.mapbox-vector-tile"
MOST_LAYERS = 8
"""How many layers one address may ask for, separated by commas."""

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
    """A vector tile of one layer, or of several separated by commas; with `staff=1`, as the city's staff see it."""
    place = Tile(z, x, y)
    layers = [find(layer_id) for layer_id in layer_ids.split(",")[:MOST_LAYERS]]
    shown = [layer for layer in layers if z in layer.zooms]
    if not shown:
        raise OutsideTheGridError(f"zoom {z}")
    viewer = _staff(request) if request.GET.get("staff") else None
    body = b"".join(cut(layer, place, request.GET, viewer) for layer in shown)
    response = HttpResponse(body, content_type=MVT)
    age = min(layer.max_age_s for layer in shown)
    response["Cache-Control"] = "private, no-store" if viewer else f"public, max-age={age}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _staff(request: HttpRequest) -> Viewer | None:
    user = request.user
    return user if user.is_authenticated else None


def _city(slug: str) -> City:
    """The live city of this slug; raises City.DoesNotExist also for what can be no slug."""
    if "\x00" in slug:
        raise City.DoesNotExist
    return City.objects.live().get(slug=slug)


@require_safe
@_explained
def base_style(request: HttpRequest) -> HttpResponse:
    """The base map's style (MapLibre style specification v8), light or dark, for one city or all."""
    theme = request.GET.get("theme", "light")
    if theme not in THEMES:
        raise ValidationError(_("The theme is “light” or “dark”."))
    slug = request.GET.get("city")
    city = _city(slug) if slug else None
    response = JsonResponse(style(theme, city, request.build_absolute_uri("/")))
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response
