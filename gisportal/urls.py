"""The installation's addresses; what isn't one of these begins with a city's slug."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("layers.urls")),
    path("api/", include("reports.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("frontend.urls")),
]
