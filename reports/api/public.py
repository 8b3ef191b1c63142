"""The API for everybody: public reports as GeoJSON, and sending a new one."""

from typing import Any, cast

from django.contrib.gis.geos import Point
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from districts.models import Service, User
from layers.geometry import WGS84, is_position
from layers.models import City
from reports import abuse, actions
from reports.filters import ReportFilter
from reports.models import TEXT_LIMIT, Report
from reports.paging import Sort, page, sort_of
from reports.text import clean

LARGEST_PAGE = 100
LONGEST_KEY = 200


class PublicReport(GeoFeatureModelSerializer):
    """A report as everybody may see it: a GeoJSON feature (RFC 7946), WGS84."""

    city = serializers.SlugRelatedField[City](slug_field="slug", read_only=True)
    service = serializers.SlugRelatedField[Service](slug_field="code", read_only=True)
    department = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    group = serializers.CharField(read_only=True)

    class Meta:
        model = Report
        geo_field = "point"
        id_field = "id"
        fields = (
            "id",
            "city",
            "service",
            "status",
            "group",
            "text",
            "address",
            "department",
            "due_at",
            "published_at",
            "updated_at",
            "closed_at",
        )


class NewReport(serializers.Serializer[Any]):
    """A problem to report: a place as longitude and latitude in degrees, or an address, or both."""

    city = serializers.SlugField()
    service = serializers.CharField(max_length=120)
    text = serializers.CharField(max_length=TEXT_LIMIT)
    lon = serializers.FloatField(required=False, allow_null=True)
    lat = serializers.FloatField(required=False, allow_null=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    contact_name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    contact_email = serializers.EmailField(required=False, allow_blank=True, default="")
    contact_phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What `actions.submit` takes; raises ValidationError saying what is missing."""
        service = _offered(attrs["city"], attrs["service"])
        return {**attrs, "city": service.city, "service": service, "point": self._point(attrs)}

    def _point(self, attrs: dict[str, Any]) -> Point | None:
        lon, lat = attrs.get("lon"), attrs.get("lat")
        if lon is None and lat is None and attrs["address"].strip():
            return None
        if lon is None or lat is None or not is_position(lon, lat):
            raise serializers.ValidationError(
                {"lon": [_("Give lon and lat in degrees, like 30.317 and 50.177, or an address.")]}
            )
        return Point(lon, lat, srid=WGS84)


class Receipt(serializers.Serializer[Any]):
    """What the sender of a report keeps."""

    id = serializers.IntegerField()
    status = serializers.CharField()
    tracking_url = serializers.URLField()


class Problem(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    status = serializers.IntegerField()
    detail = serializers.CharField()


class ReportFeatures(serializers.Serializer[Any]):
    """A GeoJSON FeatureCollection with the address of the following page."""

    type = serializers.CharField()
    features = PublicReport(many=True)
    next = serializers.URLField(allow_null=True)


_FILTERS = [
    OpenApiParameter("city", str, description="slug of the city"),
    OpenApiParameter("status", str, description="public status groups, separated by commas"),
    OpenApiParameter("service", str, description="service codes, separated by commas"),
    OpenApiParameter("department", str, description="department codes, separated by commas"),
    OpenApiParameter("section", str, description="problems (unless told otherwise), or ideas"),
    OpenApiParameter("district", str, description="district codes, or set:code, separated by commas"),
    OpenApiParameter("overdue", str, description="1: whose department's time was over before today"),
    OpenApiParameter("disputed", str, description="1: what somebody says isn't solved"),
    OpenApiParameter("from", str, description="published since that month (2026-03) or day (2026-03-05)"),
    OpenApiParameter("to", str, description="published until that month or day, it included"),
    OpenApiParameter("q", str, description="words of the text or address, or a report's number"),
    OpenApiParameter("mine", str, description="1: what the signed-in person reported, supports or follows"),
    OpenApiParameter("near", str, description="latitude,longitude,metres"),
    OpenApiParameter("help", str, description="1: what welcomes help"),
    OpenApiParameter("bbox", str, description="west,south,east,north in degrees"),
    OpenApiParameter("sort", str, enum=Sort.values, description="nearest: to near, or to the middle of bbox"),
    OpenApiParameter("limit", int, description=f"features a page, at most {LARGEST_PAGE}"),
    OpenApiParameter("after", str, description="the cursor that the page before gave"),
]


class Reports(APIView):
    """Public reports, the newest first unless told otherwise."""

    @extend_schema(
        operation_id="list_reports", parameters=_FILTERS, responses={200: ReportFeatures, 400: Problem}
    )
    def get(self, request: Request) -> Response:
        viewer = request.user if isinstance(request.user, User) else None
        asked = ReportFilter(request.query_params, queryset=Report.objects.public(), viewer=viewer)
        if not asked.is_valid():
            raise serializers.ValidationError(asked.errors.get_json_data())
        reports = asked.qs.select_related("city", "service", "department")
        after, sort = request.query_params.get("after"), sort_of(request.query_params.get("sort"))
        found = page(reports, after, _limit(request), sort, asked.middle)
        features = cast(dict[str, Any], PublicReport(found.rows, many=True).data)
        answer = Response({**features, "next": _following(request, found.next_cursor)})
        if request.query_params.get("mine"):
            answer["Cache-Control"] = "private, no-store"
        return answer

    @extend_schema(
        operation_id="send_report",
        request=NewReport,
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
        responses={201: Receipt, 200: Receipt, 400: Problem, 403: Problem, 409: Problem, 429: Problem},
    )
    def post(self, request: Request) -> Response:
        form = NewReport(data=request.data)
        form.is_valid(raise_exception=True)
        submission = _submission(form.validated_data, request)
        abuse.admit(request, abuse.Act.REPORT, submission.city, submission.contact_email)
        submitted = actions.submit(submission)
        report = submitted.report
        address = reverse("report-track", args=[report.city.slug, report.token])
        receipt = {
            "id": report.pk,
            "status": report.status,
            "tracking_url": request.build_absolute_uri(address),
        }
        return Response(receipt, status=201 if submitted.created else 200, headers={"Location": address})


class OneReport(APIView):
    """One public report."""

    @extend_schema(operation_id="read_report", responses={200: PublicReport, 404: Problem})
    def get(self, request: Request, pk: int) -> Response:
        reports = Report.objects.public().select_related("city", "service", "department")
        return Response(PublicReport(get_object_or_404(reports, pk=pk)).data)


def _offered(city: str, code: str) -> Service:
    """The service of that code in the city of that slug; raises ValidationError saying which of them is not there."""
    services = Service.objects.filter(city__slug=city, city__live=True, active=True, code=code)
    light = services.select_related("city__policy", "section").defer(
        "city__boundary", "city__boundary_mercator"
    )
    service = next(iter(light.order_by()[:1]), None)
    if service is None and not City.objects.live().filter(slug=city).exists():
        raise serializers.ValidationError({"city": [_("There is no such city.")]})
    if service is None:
        raise serializers.ValidationError({"service": [_("The city has no such service.")]})
    return service


def _submission(said: dict[str, Any], request: Request) -> actions.Submission:
    text = clean(said["text"])
    if not text:
        raise serializers.ValidationError({"text": [_("Please describe the problem.")]})
    return actions.Submission(
        city=said["city"],
        service=said["service"],
        text=text,
        point=said["point"],
        address=clean(said["address"]),
        reporter=request.user if isinstance(request.user, User) else None,
        contact_name=clean(said["contact_name"]),
        contact_email=said["contact_email"],
        contact_phone=clean(said["contact_phone"]),
        key=_key(request),
    )


def _key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise serializers.ValidationError(
            {
                "Idempotency-Key": [
                    _("The key may have at most %(limit)s characters.") % {"limit": LONGEST_KEY}
                ]
            }
        )
    return key or None


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", str(LARGEST_PAGE))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LARGEST_PAGE):
        raise serializers.ValidationError(
            {"limit": [_("The limit is a number from 1 to %(limit)s.") % {"limit": LARGEST_PAGE}]}
        )
    return int(given)


def _following(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["after"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
