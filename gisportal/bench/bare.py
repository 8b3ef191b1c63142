"""Bare Django views that run the SQL of sending and of publishing a report, and nothing else."""

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gisportal.bench.http import InProcess
from gisportal.bench.replay import Script, learn


@cache
def scripts() -> list[Script]:
    """What this process learnt from the portal when it was first asked."""
    return learn(InProcess())


@csrf_exempt
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Run the SQL of sending."""
    known = scripts()
    return JsonResponse({"id": known[number % len(known)].send()}, status=201)


@csrf_exempt
@require_POST
def publish(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Run the SQL of publishing."""
    known = scripts()
    known[number % len(known)].publish_report(pk)
    return HttpResponse(status=302)


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing: what the framework with all its middleware costs."""
    return HttpResponse()
