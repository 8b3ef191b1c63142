"""The platform administrator's tables of cities and what stands in them. Geometry comes by import, never by hand."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from layers.models import Address, Asset, AssetLayer, City


@admin.register(City)
class CityAdmin(TranslationAdmin[City]):
    exclude = ["boundary"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "slug", "live", "synthetic"]
    list_filter = ["live", "synthetic"]
    search_fields = ["name", "slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A city begins with its boundary: `manage.py import_city`."""
        return False


@admin.register(AssetLayer)
class AssetLayerAdmin(TranslationAdmin[AssetLayer]):
    list_display = ["name", "city", "slug", "kind", "reach_m", "visibility"]
    list_filter = ["city", "kind", "visibility"]
    search_fields = ["name", "slug"]


@admin.register(Asset)
class AssetAdmin(admin.ModelAdmin[Asset]):
    exclude = ["geometry"]
    list_display = ["reference", "name", "layer", "subtype"]
    list_filter = ["layer__kind", "city"]
    list_select_related = ["layer"]
    readonly_fields = ["city", "layer", "reference"]
    search_fields = ["reference", "name"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Assets come from their owner's file: `manage.py import_assets`."""
        return False


@admin.register(Address)
class AddressAdmin(admin.ModelAdmin[Address]):
    exclude = ["point"]
    list_display = ["street", "house_number", "settlement", "city"]
    list_filter = ["city"]
    search_fields = ["street"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
