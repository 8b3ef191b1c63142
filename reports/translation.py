from modeltranslation.translator import TranslationOptions, register

from reports.models import Announcement, Partner, Place, PlaceKind


@register(PlaceKind)
class PlaceKindTranslation(TranslationOptions):
    fields = ("name",)


@register(Place)
class PlaceTranslation(TranslationOptions):
    fields = ("name", "details", "hours")


@register(Announcement)
class AnnouncementTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("name", "description")
