"""The portal's addresses, and the bare views that the benchmark compares them with."""

from django.urls import include, path

from gisportal.bench import bare

urlpatterns = [
    path("api/bare/empty/", bare.empty),
    path("api/bare/submit/<int:number>/", bare.submit),
    path("api/bare/publish/<int:number>/<int:pk>/", bare.publish),
    path("", include("gisportal.urls")),
]
