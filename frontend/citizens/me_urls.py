"""The addresses of one's own page."""

from django.urls import path

from frontend.citizens import me

urlpatterns = [
    path("", me.my_reports, name="me"),
    path("following/", me.my_following, name="me-following"),
    path("letters/", me.my_letters, name="me-letters"),
    path("privacy/", me.my_privacy, name="me-privacy"),
    path("privacy/data.json", me.my_data, name="me-data"),
]
