"""`manage.py forget`: what the nightly jobs do, at once: forget people whose time with the portal is over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from layers.models import City
from reports import retention


class Command(BaseCommand):
    help = "Forget whose reports were that closed longer ago than their city's period, and drafts nobody came back to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=_("only say how many there are"))

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry = timezone.now(), options["dry_run"]
        for city in City.objects.order_by("slug"):
            number, blocks = retention.due(city, now).count(), retention.blocks_over(city, now).count()
            if not dry:
                number = retention.forget_due(city, now)
            words = (
                _("%(city)s: to be forgotten: %(number)d") if dry else _("%(city)s: forgotten: %(number)d")
            )
            self.stdout.write(words % {"city": city.slug, "number": number})
            self.stdout.write(_("%(city)s: old blocks: %(number)d") % {"city": city.slug, "number": blocks})
        drafts = retention.drafts_over(now)
        number = drafts.count() if dry else retention.forget_drafts(drafts)
        self.stdout.write(_("old drafts: %(number)d") % {"number": number})
