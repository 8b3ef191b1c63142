"""All addresses: the portal's own first, then those that begin with a city's slug."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from gisportal.health import healthz, readyz

# The administration has no sign-in of its own: it would ask for no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("layers.urls")),
    path("api/", include("reports.api.urls")),
    path("", include("frontend.urls")),
]

handler400 = "gisportal.middleware.bad_request"
handler500 = "gisportal.middleware.server_error"
