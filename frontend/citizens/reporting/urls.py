"""The addresses of reporting; those of a draft hold its secret token."""

from django.urls import path

from frontend.citizens.reporting import views

urlpatterns = [
    path("", views.report_new, name="report-new"),
    path("around/", views.report_around, name="report-around"),
    path("suggest/", views.report_suggest, name="report-suggest"),
    path("<slug:token>/", views.report_draft, name="report-draft"),
    path("<slug:token>/drop/", views.report_drop, name="report-drop"),
    path("<slug:token>/<slug:step>/", views.report_step, name="report-step"),
    path("<slug:token>/photos/<slug:photo>.webp", views.draft_photo, name="report-photo"),
]
