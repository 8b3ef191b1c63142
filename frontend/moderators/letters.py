"""Letters of the city that did not reach anybody, and sending one of them again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import User
from frontend.answers import refusals_told
from frontend.moderators.door import for_moderators
from frontend.moderators.tabs import refused_letters, tab_page
from layers.models import City
from reports import notices


@never_cache
@require_safe
@for_moderators
def letters(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """What the mail server refused for good within a month, with its words; and whether mail is set up at all."""
    refused = refused_letters(city).select_related("report")
    return tab_page(request, city, "letters", refused, letters_are_sent=settings.EMAIL_CONFIGURED)


@require_POST
@for_moderators
def send_again(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Try once more, after the mailbox or the server was mended."""
    letter = get_object_or_404(refused_letters(city), pk=pk)
    with refusals_told(request, _("The letter is on its way again.")):
        notices.send_again(letter.pk)
    return redirect("moderation-letters", city.slug)
