"""A place typed, pasted or clicked: longitude and latitude become a point, or a sentence on how to mend them."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from layers.geometry import WGS84, looks_swapped
from layers.models import City


class DegreesField(forms.FloatField):
    """A number of degrees; a decimal comma and a degree sign are understood."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {"invalid": _("Write a number of degrees, for example 50.177.")}

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # the stubs think of whole numbers
        return super().to_python(
            value.strip().rstrip("°").replace(",", ".") if isinstance(value, str) else value
        )


class CoordinatesForm(forms.Form):
    """Asks for a place in the city; `cleaned_data["point"]` is in WGS84, or None where both fields are empty."""

    lat = DegreesField(
        label=_("Latitude"),
        help_text=_("North, for example 50.177"),
        required=False,
        min_value=-90,
        max_value=90,
        error_messages={
            "min_value": _("Latitude lies between −90 and 90 degrees."),
            "max_value": _("Latitude lies between −90 and 90 degrees."),
        },
    )
    lon = DegreesField(
        label=_("Longitude"),
        help_text=_("East, for example 30.317"),
        required=False,
        min_value=-180,
        max_value=180,
        error_messages={
            "min_value": _("Longitude lies between −180 and 180 degrees."),
            "max_value": _("Longitude lies between −180 and 180 degrees."),
        },
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city

    @property
    def shown_lon(self) -> float | None:
        """The longitude in the form, as far as it is a number: where the map puts its pin."""
        return self._degrees("lon")

    @property
    def shown_lat(self) -> float | None:
        """The latitude in the form, as far as it is a number."""
        return self._degrees("lat")

    def _degrees(self, name: str) -> float | None:
        value = self[name].value()
        try:
            degrees = self.fields[name].clean(value)
        except forms.ValidationError:
            return None
        return float(degrees) if degrees is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lon, lat = cleaned.get("lon"), cleaned.get("lat")
        cleaned["point"] = None
        if not ("lon" in cleaned and "lat" in cleaned):
            return cleaned
        if (lon is None) != (lat is None):
            self.add_error(
                "lon" if lon is None else "lat", _("A place needs both numbers; write this one too.")
            )
        elif lon is not None and lat is not None:
            cleaned["point"] = self._in_order(lon, lat)
        return cleaned

    def _in_order(self, lon: float, lat: float) -> Point | None:
        if looks_swapped((lon, lat), self.city.extent):
            self.add_error("lat", _("Latitude and longitude look swapped; exchange the two numbers."))
            return None
        return Point(lon, lat, srid=WGS84)
