from modeltranslation.translator import TranslationOptions, register

from districts.models import (
    CannedText,
    Department,
    District,
    DistrictSet,
    Page,
    Question,
    Section,
    Service,
)


@register(Department)
@register(District)
@register(DistrictSet)
@register(Section)
class NameTranslation(TranslationOptions):
    fields = ("name",)


@register(Service)
class ServiceTranslation(TranslationOptions):
    fields = ("name", "description", "group", "keywords", "stopper")


@register(CannedText)
class CannedTextTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "body")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "hint")
