from modeltranslation.translator import TranslationOptions, register

from layers.models import AssetLayer, City


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("uk",)


@register(AssetLayer)
class AssetLayerTranslation(TranslationOptions):
    fields = ("name",)
