"""One report for whoever was sent a link, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontend.cities import city_or_404
from frontend.departments.desk import offered
from frontend.departments.steps import BY_VERB
from frontend.departments.views import done, form_of
from frontend.shown import shown
from reports import answer_links
from reports.models import Report


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The report, answered in the department's name; 410 where the link is over."""
    place = city_or_404(request, city)
    opened = answer_links.opened(token)
    if opened is None or opened.report.city_id != place.pk:
        return render(request, "departments/answer_over.html", {"city": place}, status=410)
    report = shown(Report.objects.all()).get(pk=opened.report.pk)
    step = BY_VERB.get(request.POST.get("verb", ""))
    form = None
    if request.method == "POST" and step is not None and step.by_link:
        form = form_of(step, report, request)
        if done(request, step, report, None, form):
            return redirect("answer", place.slug, token)
    context = {
        "city": place,
        "report": report,
        "department": opened.department,
        "link": opened.link,
        "wrong": form,
        "steps": offered(report, form, by_link=True),
    }
    return render(request, "departments/answer.html", context, status=422 if form else 200)
