"""Reports as they are kept, to look at: only actions write them."""

from django.contrib import admin
from django.http import HttpRequest

from reports.models import PlaceKind, Report, StatusChange


@admin.register(PlaceKind)
class PlaceKindAdmin(admin.ModelAdmin[PlaceKind]):
    fields = ["city", "code", "name_uk", "name_en"]
    list_display = ["code", "name", "city"]
    list_filter = ["city"]


class ReadOnly:
    """No adding, no changing, no deleting: what happened to a report stays as it happened."""

    def has_add_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


class StatusChangeInline(ReadOnly, admin.TabularInline[StatusChange, Report]):
    model = StatusChange
    fields = ["at", "before", "after", "role", "department", "actor", "reason"]
    extra = 0


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin[Report]):
    exclude = ["point", "token", "idempotency_key", "fingerprint"]
    list_display = ["__str__", "city", "service", "status", "department", "created_at"]
    list_filter = ["city", "status"]
    list_select_related = ["city", "service", "department"]
    search_fields = ["=id", "reference"]
    show_full_result_count = False
    inlines = [StatusChangeInline]
