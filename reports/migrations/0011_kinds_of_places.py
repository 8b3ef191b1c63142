"""Kinds of useful places that every city starts with; a city's own kind of the same code comes before them."""

from django.db import migrations

KINDS = {
    "shelter": ("Укриття", "Shelter"),
    "charging": ("Пункт незламності", "Resilience point"),
    "water": ("Питна вода", "Drinking water"),
    "pharmacy": ("Аптека", "Pharmacy"),
    "health": ("Лікарня чи амбулаторія", "Hospital or clinic"),
    "aid": ("Гуманітарна допомога", "Humanitarian aid"),
    "toilet": ("Громадський туалет", "Public toilet"),
    "recycling": ("Прийом вторсировини", "Recycling"),
    "sport": ("Спортивний майданчик", "Sports ground"),
    "other": ("Інше", "Other"),
}


def add(apps, schema_editor):
    kind = apps.get_model("reports", "PlaceKind")
    for code, (uk, en) in KINDS.items():
        kind.objects.get_or_create(city=None, code=code, defaults={"name": uk, "name_uk": uk, "name_en": en})


def remove(apps, schema_editor):
    """Those that no place is of."""
    kind = apps.get_model("reports", "PlaceKind")
    kind.objects.filter(city=None, code__in=KINDS, places=None).delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_attempts_and_blocked_senders")]

    operations = [migrations.RunPython(add, remove)]
