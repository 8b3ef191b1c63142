"""Photos over HTTP: only as far as their report is seen, never as files of a folder."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.cities import city_or_404, person
from layers.models import City
from reports.models import Photo

SIZES = {"small": "thumbnail", "shown": "image", "original": "original"}


@require_safe
def photo(request: HttpRequest, city: str, token: str, size: str) -> HttpResponse:
    """A photo as WebP; the original, before masking, for those who moderate the city only."""
    place, user = city_or_404(request, city), person(request)
    found = Photo.objects.visible_to(user).filter(report__city=place, token=token).first()
    if found is None or size not in SIZES or (size == "original" and not (user and user.moderates(place))):
        raise Http404
    # Until the job has made the small picture, the larger one stands in.
    file = getattr(found, SIZES[size]) or found.image
    with file.open("rb") as picture:
        response = HttpResponse(picture.read(), content_type="image/webp")
    response["Cache-Control"] = _keeping(found, place)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keeping(found: Photo, city: City) -> str:
    public = Photo.objects.public().filter(pk=found.pk).exists()
    return "public, max-age=300" if public and city.live else "private, no-store"
