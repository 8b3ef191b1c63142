"""The addresses of all screens; those of one city begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from frontend.citizens import map_views, photo_views, views

of_one_city: list[URLPattern | URLResolver] = [
    path("", map_views.city_map, name="city-map"),
    path("reports/", map_views.report_list, name="report-list"),
    path("reports/<int:pk>/", views.report_page, name="report-page"),
    path("reports/<int:pk>/reopen/", views.report_reopen, name="report-reopen"),
    path("report/", views.report_new, name="report-new"),
    path("track/<slug:token>/", views.report_track, name="report-track"),
    path("track/<slug:token>/reopen/", views.track_reopen, name="track-reopen"),
    path("photos/<slug:token>/<slug:size>.webp", photo_views.photo, name="photo"),
    path("moderation/", include("frontend.moderators.urls")),
    path("work/", include("frontend.departments.urls")),
]

urlpatterns = [
    path("", map_views.cities, name="cities"),
    path("i18n/setlang/", set_language, name="language"),
    path("<slug:city>/", include(of_one_city)),
]
