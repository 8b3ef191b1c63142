from modeltranslation.translator import TranslationOptions, register

from districts.models import Department, District, DistrictSet, Section, Service


@register(Department)
@register(District)
@register(DistrictSet)
@register(Section)
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Service)
class ServiceTranslation(TranslationOptions):
    fields = ("name", "description", "group")
