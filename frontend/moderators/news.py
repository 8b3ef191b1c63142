"""Messages of the city: written, looked at as everybody will see them, published, withdrawn."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.models import User
from frontend.answers import refusals_told
from frontend.moderators.door import for_moderators
from frontend.moderators.news_forms import NewsForm, as_it_is, blank
from frontend.moderators.tabs import tab_page
from layers.models import City
from reports import announcements
from reports.models import Announcement


@never_cache
@require_safe
@for_moderators
def news(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """All messages of the city, the newest first, drafts among them."""
    return tab_page(request, city, "news", Announcement.objects.filter(city=city).defer("area"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def new(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """The form of a new message; then its page."""
    form = NewsForm(_sent(request), city=city, initial=blank())
    if _is_to_be_kept(request, form):
        message = announcements.write(city, form.message(), moderator)
        return _onward(request, city, message)
    return _form_page(request, city, form, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def edit(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """The same form for a message that is there."""
    message = get_object_or_404(Announcement, city=city, pk=pk)
    form = NewsForm(_sent(request), city=city, known=message.area, initial=as_it_is(message))
    if _is_to_be_kept(request, form):
        return _onward(request, city, announcements.rewrite(pk, form.message()))
    return _form_page(request, city, form, message)


@require_POST
@for_moderators
def publish(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let everybody read it."""
    get_object_or_404(Announcement, city=city, pk=pk)
    with refusals_told(request, _("Everybody can read it now.")):
        announcements.publish(pk)
    return redirect("news-moderation", city.slug)


@require_POST
@for_moderators
def withdraw(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep it from the public again."""
    get_object_or_404(Announcement, city=city, pk=pk)
    with refusals_told(request, _("Only the city’s staff can read it now.")):
        announcements.withdraw(pk)
    return redirect("news-moderation", city.slug)


def _is_to_be_kept(request: HttpRequest, form: NewsForm) -> bool:
    return request.method == "POST" and form.is_valid() and "preview" not in request.POST


def _onward(request: HttpRequest, city: City, message: Announcement) -> HttpResponse:
    """Published at once where that was the button, and on to its page."""
    if "publish" in request.POST:
        with refusals_told(request, _("Everybody can read it now.")):
            announcements.publish(message.pk)
    return redirect("announcement", city.slug, message.pk)


def _form_page(
    request: HttpRequest, city: City, form: NewsForm, message: Announcement | None
) -> HttpResponse:
    shown = form.is_valid()
    preview = announcements.unsaved(city, form.message()) if shown else None
    context = {"city": city, "form": form, "message": message, "preview": preview}
    return render(request, "moderators/news_form.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
