"""What people may ask of the city's own layers."""

from typing import Any

from django_filters import CharFilter, FilterSet

from layers.models import Viewer


class OfCity(FilterSet):
    """Features of one city, by its slug; without it, of all live cities. Who asks is known to filters that need it."""

    city = CharFilter(field_name="city__slug")

    def __init__(
        self, data: Any = None, queryset: Any = None, *, viewer: Viewer | None = None, **options: Any
    ) -> None:
        super().__init__(data, queryset, **options)
        self.viewer = viewer
