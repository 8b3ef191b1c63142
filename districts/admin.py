"""The platform administrator's tables of people, departments, districts and rules. Polygons come by import."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from districts import territories
from districts.models import (
    Department,
    District,
    DistrictSet,
    Membership,
    Responsibility,
    Section,
    Service,
    User,
)


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0
    autocomplete_fields = ["department"]


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "language"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["email", "name", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", "memberships__city", "memberships__role"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    inlines = [MembershipInline]


@admin.register(Department)
class DepartmentAdmin(TranslationAdmin[Department]):
    list_display = ["name", "code", "city", "email"]
    list_filter = ["city"]
    search_fields = ["name", "code"]


@admin.register(DistrictSet)
class DistrictSetAdmin(TranslationAdmin[DistrictSet]):
    list_display = ["name", "code", "city"]
    list_filter = ["city"]


@admin.register(District)
class DistrictAdmin(TranslationAdmin[District]):
    exclude = ["geometry"]
    list_display = ["name", "code", "set", "valid_from", "valid_to", "population"]
    list_filter = ["city", "set"]
    readonly_fields = ["city", "set", "code"]
    search_fields = ["name", "code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A district begins with its polygon: `manage.py import_districts`."""
        return False


@admin.register(Section)
class SectionAdmin(TranslationAdmin[Section]):
    list_display = ["name", "code", "city"]
    list_filter = ["city"]


@admin.register(Service)
class ServiceAdmin(TranslationAdmin[Service]):
    list_display = ["name", "code", "group", "severity", "active", "city"]
    list_filter = ["city", "active", "severity"]
    search_fields = ["name", "code"]


@admin.register(Responsibility)
class ResponsibilityAdmin(admin.ModelAdmin[Responsibility]):
    list_display = [
        "service",
        "district",
        "asset_layer",
        "department",
        "due_days",
        "rank",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["city", "department"]
    list_select_related = ["service", "district", "asset_layer", "department"]
    autocomplete_fields = ["service", "district", "asset_layer", "department"]
    search_fields = ["service__name", "department__name"]

    def save_model(self, request: HttpRequest, obj: Responsibility, form: forms.Form, change: bool) -> None:
        """Keep the rule and work out the territories anew."""
        super().save_model(request, obj, form, change)
        territories.rebuild(obj.city)

    def delete_model(self, request: HttpRequest, obj: Responsibility) -> None:
        super().delete_model(request, obj)
        territories.rebuild(obj.city)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Responsibility]) -> None:
        cities: Any = {rule.city for rule in queryset.select_related("city")}
        super().delete_queryset(request, queryset)
        for city in cities:
            territories.rebuild(city)
