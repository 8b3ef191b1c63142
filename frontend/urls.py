"""The addresses of all screens; those of one city begin with its slug."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from frontend.citizens import (
    counting,
    district_map,
    following,
    helping,
    map_views,
    photo_views,
    report_pages,
    residents,
    searching,
)
from frontend.citizens import departments as bodies
from frontend.citizens.pages import page
from frontend.departments import ideas as idea_answers
from frontend.departments import link_views

of_one_city: list[URLPattern | URLResolver] = [
    path("", map_views.city_map, name="city-map"),
    path("district-map/", district_map.district_map, name="district-map"),
    path("search/", searching.search_page, name="search"),
    path("search/suggestions/", searching.suggestions, name="search-suggestions"),
    path("reports/", map_views.report_list, name="report-list"),
    path("reports/<int:pk>/", report_pages.report_page, name="report-page"),
    path("reports/<int:pk>/reopen/", report_pages.report_reopen, name="report-reopen"),
    path("reports/<int:pk>/support/", residents.support, name="report-support"),
    path("reports/<int:pk>/unsupport/", residents.unsupport, name="report-unsupport"),
    path("reports/<int:pk>/follow/", residents.follow, name="report-follow"),
    path("reports/<int:pk>/follow-by-mail/", following.follow_by_mail, name="report-follow-by-mail"),
    path("reports/<int:pk>/unfollow/", residents.unfollow, name="report-unfollow"),
    path("reports/<int:pk>/comment/", residents.comment, name="report-comment"),
    path("reports/<int:pk>/object/", residents.object_to, name="report-object"),
    path("reports/<int:pk>/confirm/", residents.confirm, name="report-confirm"),
    path("reports/<int:pk>/answer/", residents.answer, name="report-answer"),
    path("reports/<int:pk>/flag/", residents.flag, name="report-flag"),
    path("report/", include("frontend.citizens.reporting.urls")),
    path("reports/<int:pk>/help/", helping.offer_help, name="report-help"),
    path("reports/<int:pk>/cleanup/", helping.set_cleanup, name="report-cleanup"),
    path("reports/<int:pk>/help/<int:offer>/withdraw/", helping.withdraw, name="report-help-withdraw"),
    path("reports/<int:pk>/help/<int:offer>/join/", helping.join, name="report-cleanup-join"),
    path("reports/<int:pk>/help/<int:offer>/leave/", helping.leave, name="report-cleanup-leave"),
    path("how-counted/", counting.how_counted, name="how-counted"),
    path("departments/", bodies.departments, name="departments"),
    path("departments/<path:code>/", bodies.department, name="department"),
    path("track/<slug:token>/", report_pages.report_track, name="report-track"),
    path("track/<slug:token>/reopen/", report_pages.track_reopen, name="track-reopen"),
    path("track/<slug:token>/confirm/", residents.track_confirm, name="track-confirm"),
    path("track/<slug:token>/answer/", residents.track_answer, name="track-answer"),
    path("track/<slug:token>/address/", residents.track_address, name="track-address"),
    path("photos/<slug:token>/<slug:size>.webp", photo_views.photo, name="photo"),
    path("follow/<str:token>/", following.follow, name="follow"),
    path("answer/<str:token>/", link_views.answer, name="answer"),
    path("", include("frontend.citizens.sections.urls")),
    path("ideas/<int:pk>/answer/", idea_answers.idea_answer, name="idea-answer"),
    path("moderation/", include("frontend.moderators.section_urls")),
    path("moderation/", include("frontend.moderators.urls")),
    path("partners/", include("frontend.partners.urls")),
    path("work/", include("frontend.departments.urls")),
    path("planning/", include("frontend.planners.urls")),
    path("pages/<slug:slug>/", page, name="page"),
    path("settings/", include("frontend.administrators.urls")),
]

urlpatterns = [
    path("", map_views.cities, name="cities"),
    path("i18n/setlang/", set_language, name="language"),
    path("me/", include("frontend.citizens.me_urls")),
    path("stop/<slug:token>/", residents.stop, name="stop"),
    path("<slug:city>/", include(of_one_city)),
]
