"""Cities and what stands in them. This package knows no citizen and no department."""

from collections.abc import Collection
from typing import Protocol, Self
from zoneinfo import available_timezones

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import Point
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Case, F, Func, GeneratedField, Q, Value, When
from django.db.models.functions import Collate
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _

from layers.checks import Geography, geometry_checks
from layers.geometry import WEB_MERCATOR, WGS84

UKRAINIAN = "ukrainian"
"""The collation, made by the first migration, in which names sort as Ukrainians expect."""


class Viewer(Protocol):
    """Somebody who looks at the map; nobody in particular is None."""

    def staff_city_ids(self) -> Collection[int]:
        """Cities whose staff screens this person may open."""


RESERVED_SLUGS = frozenset(
    {"accounts", "admin", "api", "embed", "feeds", "i18n", "manifest", "me", "media", "oembed", "ogc"}
    | {"open311", "readyz", "healthz", "static", "stop", "style", "sw", "tiles"}
)


def refuse_reserved_slug(slug: str) -> None:
    """Raise ValidationError where a city's address would hide one of the portal's own."""
    own = {
        str(pattern.pattern).strip("^$").split("/")[0].split(".")[0]
        for pattern in get_resolver().url_patterns
    }
    if slug in RESERVED_SLUGS or slug in own:
        raise ValidationError(
            _("“%(slug)s” is an address of the portal itself; choose another one."),
            params={"slug": slug},
            code="reserved",
        )


def refuse_unknown_time_zone(name: str) -> None:
    """Raise ValidationError where the name is not in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one like Europe/Kyiv."),
            params={"name": name},
            code="time_zone",
        )


def in_web_mercator(column: str) -> GeneratedField:
    """The column as Web Mercator, kept by the database: tiles are cut from it without transforming again."""
    return GeneratedField(
        expression=Transform(column, WEB_MERCATOR),
        output_field=models.GeometryField(srid=WEB_MERCATOR, spatial_index=False),
        db_persist=True,
    )


class CityQuerySet(models.QuerySet["City"]):
    def live(self) -> Self:
        """Cities that the public may see."""
        return self.filter(live=True)

    def without_boundary(self) -> Self:
        """The same without their outlines, which may hold tens of kilobytes; read when asked for."""
        return self.defer("boundary", "boundary_mercator")

    def visible_to(self, viewer: Viewer | None) -> Self:
        """Live cities, and those whose staff the viewer is."""
        return self.filter(Q(live=True) | Q(pk__in=viewer.staff_city_ids())) if viewer else self.live()


class City(models.Model):
    """A jurisdiction: one town or hromada served by this installation (Open311 `jurisdiction_id` is its slug)."""

    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z"), refuse_reserved_slug],
    )
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)
    boundary = models.MultiPolygonField(srid=WGS84)
    boundary_mercator = in_web_mercator("boundary")
    time_zone = models.CharField(max_length=64, default="Europe/Kyiv", validators=[refuse_unknown_time_zone])
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    live = models.BooleanField(default=False, help_text=_("whether the public may see this city"))
    synthetic = models.BooleanField(
        default=False, help_text=_("whether its data are made up, and say so wherever shown")
    )
    publishes_owners = models.BooleanField(
        default=False, help_text=_("whether the public may see who owns an asset")
    )
    attribution = models.CharField(
        max_length=200, blank=True, help_text=_("source and licence of the map's data")
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ("slug",)
        constraints = [
            *geometry_checks("city", "boundary"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="city_slug_is_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self.boundary.extent


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    STAFF = "staff", _("staff only")
    ROUTING = "routing", _("routing only")


class Kind(models.TextChoices):
    """What an asset layer holds; the public catalogue lists layers by it."""

    ROAD = "road", _("roads")
    LIGHTING = "lighting", _("street lighting")
    WATER = "water", _("water supply")
    HYDRANT = "hydrant", _("hydrants")
    SEWER = "sewer", _("sewers")
    MANHOLE = "manhole", _("manholes")
    HEATING = "heating", _("heating networks")
    POWER = "power", _("power lines")
    GAS = "gas", _("gas networks")
    WASTE = "waste", _("waste and bins")
    GREENERY = "greenery", _("parks and greenery")
    WATERBODY = "waterbody", _("rivers and ponds")
    BUILDING = "building", _("buildings")
    CROSSING = "crossing", _("crossings")
    SIGNAL = "signal", _("traffic signals")
    POLE = "pole", _("poles")
    STOP = "stop", _("public transport stops")
    PLAYGROUND = "playground", _("playgrounds")
    OTHER = "other", _("other assets")


UTILITIES = frozenset(
    {Kind.WATER, Kind.HYDRANT, Kind.SEWER, Kind.MANHOLE, Kind.HEATING, Kind.POWER, Kind.GAS}
)
"""Networks a country at war doesn't publish: they start as routing-only."""


def first_visibility(kind: str) -> Visibility:
    """What a new layer of the kind starts with."""
    return Visibility.ROUTING if kind in UTILITIES else Visibility.PUBLIC


class AssetLayerQuerySet(models.QuerySet["AssetLayer"]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Public layers of live cities; for staff their cities' staff layers too. Routing-only ones for nobody."""
        public = Q(visibility=Visibility.PUBLIC, city__live=True)
        if viewer is None:
            return self.filter(public)
        own = Q(visibility__in=[Visibility.PUBLIC, Visibility.STAFF], city__in=viewer.staff_city_ids())
        return self.filter(public | own)


class AssetLayer(models.Model):
    """One set of things a city looks after: lamps, pipes, roads."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="asset_layers")
    slug = models.CharField(max_length=60, validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z")])
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reach_m = models.FloatField(
        default=25.0, help_text=_("how near a report must be to concern an asset, in metres")
    )
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    source = models.CharField(max_length=200, blank=True)

    objects = AssetLayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset layer")
        verbose_name_plural = _("asset layers")
        ordering = ("city", "slug")
        constraints = [
            models.UniqueConstraint(fields=["city", "slug"], name="assetlayer_slug_in_city"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="assetlayer_kind_is_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="assetlayer_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reach_m__gt=0, reach_m__lte=5000), name="assetlayer_reach_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Assets of the layers that the viewer may see."""
        return self.filter(layer__in=AssetLayer.objects.visible_to(viewer))

    def with_owner_for(self, viewer: Viewer | None) -> Self:
        """The same with `shown_owner`: for the city's staff, and for all where the city says so; else NULL."""
        told = Q(city__publishes_owners=True)
        if viewer is not None:
            told |= Q(city__in=viewer.staff_city_ids())
        nobody = Value(None, output_field=models.CharField())
        named = Case(
            When(told & ~Q(owner=""), then=F("owner")), default=nobody, output_field=models.CharField()
        )
        return self.annotate(shown_owner=named)

    def within_reach_of(self, point: Point) -> Self:
        """Assets no farther from the point than their layer's reach, in metres on the spheroid, with `distance_m`."""
        here, there = _geography(F("geometry")), _geography(point)
        within = Func(
            here, there, F("layer__reach_m"), function="ST_DWithin", output_field=models.BooleanField()
        )
        distance = Func(here, there, function="ST_Distance", output_field=models.FloatField())
        return self.filter(within).annotate(distance_m=distance).order_by("distance_m", "reference")


def _geography(value: F | Point) -> Func:
    return Geography(
        value if isinstance(value, F) else Value(value, output_field=models.PointField(srid=WGS84))
    )


class Asset(models.Model):
    """A thing that stands or runs somewhere: a point, a line or a polygon."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="+")
    layer = models.ForeignKey(AssetLayer, on_delete=models.CASCADE, related_name="assets")
    reference = models.CharField(max_length=120, help_text=_("the owner's own number for it"))
    name = models.CharField(max_length=200, blank=True)
    other_names = models.CharField(
        max_length=400,
        blank=True,
        default="",
        db_default="",
        help_text=_("old and other names, with semicolons between them"),
    )
    owner = models.CharField(max_length=120, blank=True)
    subtype = models.CharField(
        max_length=40, blank=True, help_text=_("a finer kind, such as a class of road")
    )
    geometry = models.GeometryField(srid=WGS84, spatial_index=False)
    geometry_mercator = in_web_mercator("geometry")

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        indexes = [
            # One index answers «which asset of this layer is within so many metres», on the spheroid.
            GistIndex(F("layer"), Geography(F("geometry")), name="asset_near"),
            GistIndex(fields=["layer", "geometry_mercator"], name="asset_tiles"),
            models.Index(
                F("city"), Collate("name", UKRAINIAN), name="asset_city_name", condition=~Q(name="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["layer", "reference"], name="asset_reference_in_layer"),
            models.CheckConstraint(condition=~Q(reference=""), name="asset_has_a_reference"),
            *geometry_checks("asset", "geometry"),
        ]

    def __str__(self) -> str:
        return self.name or self.reference


class Address(models.Model):
    """A house number, from the city's own buildings: the gazetteer's smallest thing."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="addresses")
    settlement = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text=_("the town or village, where known")
    )
    street = models.CharField(max_length=160, db_collation=UKRAINIAN)
    house_number = models.CharField(max_length=20)
    number = GeneratedField(
        expression=Func("house_number", function="gazetteer_number"),
        output_field=models.TextField(),
        db_persist=True,
    )
    """The house number as people may write it: «12-А», «12 а» and "12A" are one."""
    point = models.PointField(srid=WGS84, spatial_index=False)
    point_mercator = in_web_mercator("point")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        indexes = [GistIndex(fields=["city", "point_mercator"], name="address_tiles")]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "street", "house_number", "settlement"], name="address_is_one_place"
            ),
            *geometry_checks("address", "point"),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.house_number}"


class Name(models.Model):
    """A name by which something public in a city is found: what it is called now, was called, or is also called.

    Triggers of the tables that hold the things keep it (docs/decisions/0026); nothing else writes it.
    """

    class Kind(models.TextChoices):
        STREET = "street", _("street")
        DISTRICT = "district", _("district")
        PLACE = "place", _("useful place")
        BUILDING = "building", _("building")
        GREENERY = "greenery", _("park or greenery")
        WATERBODY = "waterbody", _("river or pond")
        STOP = "stop", _("stop")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.TextField(db_collation=UKRAINIAN)
    """What tells it from others of its kind: the name of a street, the number of a place."""
    name = models.TextField()
    name_en = models.TextField(blank=True)
    settlement = models.TextField(blank=True)
    said = models.TextField()
    """The name it is found by; an old one, where it differs from the others."""
    folded = GeneratedField(
        expression=Func("said", function="gazetteer_fold"), output_field=models.TextField(), db_persist=True
    )
    """In Latin letters, without what most addresses share."""
    sort = GeneratedField(
        expression=Func("said", function="gazetteer_sort"), output_field=models.TextField(), db_persist=True
    )
    """Whether a street, a lane, an avenue; empty where the name doesn't say."""
    point = models.PointField(srid=WGS84, spatial_index=False)
    across_m = models.FloatField(default=0)
    """From corner to corner of the box around it, in metres."""
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("name in the gazetteer")
        verbose_name_plural = _("names in the gazetteer")
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="name_trigrams"),
            models.Index(fields=["city", "key"], name="name_key"),
        ]

    def __str__(self) -> str:
        return self.said


class OwnStyle(models.Model):
    """How a city draws its base map itself (MapLibre style specification v8); layers/own_style.py checks it."""

    class Theme(models.TextChoices):
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    theme = models.CharField(max_length=5, choices=Theme.choices)
    content = models.JSONField()

    class Meta:
        verbose_name = _("style of a city’s own")
        verbose_name_plural = _("styles of cities’ own")
        constraints = [
            models.UniqueConstraint(fields=["city", "theme"], name="ownstyle_theme_in_city"),
            models.CheckConstraint(condition=Q(theme__in=["light", "dark"]), name="ownstyle_theme_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id}: {self.theme}"
