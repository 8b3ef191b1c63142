"""What people may ask of the city's own layers."""

from django_filters import CharFilter, FilterSet


class OfCity(FilterSet):
    """Features of one city, by its slug; without it, of all live cities."""

    city = CharFilter(field_name="city__slug")
