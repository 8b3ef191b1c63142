from typing import ClassVar

from modeltranslation.translator import TranslationOptions, register

from layers.models import AssetLayer, City


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name", "attribution")
    required_languages: ClassVar = {"uk": ("name",), "default": ()}


@register(AssetLayer)
class AssetLayerTranslation(TranslationOptions):
    fields = ("name",)
