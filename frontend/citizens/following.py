"""Hearing of a report without an account."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.answers import refusals_told
from frontend.cities import city_or_404
from frontend.citizens.forms import email_field
from frontend.shown import shown
from reports import actions, follow_links
from reports.abuse import Act, admit
from reports.models import Report


class FollowForm(forms.Form):
    email = email_field()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's form takes
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = gettext_lazy(
            "Write your e-mail address, so that we can tell you."
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_by_mail(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Ask for letters about a public report; a link in the first one begins them."""
    place = city_or_404(request, city)
    report = get_object_or_404(shown(Report.objects.public()), city=place, pk=pk)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and settings.EMAIL_CONFIGURED and form.is_valid():
        done = _("Look into your mailbox: the link in our letter begins the news.")
        with refusals_told(request, done, form):
            admit(request, Act.ASK_FOR_LETTERS, place)
            actions.ask_to_follow(report.pk, form.cleaned_data["email"])
        if not form.errors:
            return redirect("report-page", place.slug, pk)
    context = {"city": place, "report": report, "form": form, "letters_are_sent": settings.EMAIL_CONFIGURED}
    return render(request, "citizens/follow.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The link of that letter: a page with a button, so that no mail program follows in somebody's name."""
    place, asked = city_or_404(request, city), follow_links.opened(token)
    if asked is not None and asked.report.city_id != place.pk:
        raise Http404
    if asked is None:
        return render(request, "citizens/follow_confirm.html", {"city": place}, status=404)
    if request.method == "POST":
        actions.follow_by_mail(asked.report, asked.address)
        messages.success(request, _("You will hear of every change. Each letter also stops with one click."))
        return redirect("report-page", place.slug, asked.report.pk)
    return render(request, "citizens/follow_confirm.html", {"city": place, "asked": asked})
