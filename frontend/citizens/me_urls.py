"""The addresses of one's own page."""

from django.urls import path

from frontend.citizens import me, me_account

urlpatterns = [
    path("", me.my_reports, name="me"),
    path("following/", me.my_following, name="me-following"),
    path("letters/", me.my_letters, name="me-letters"),
    path("account/", me_account.my_account, name="me-account"),
    path("privacy/", me.my_privacy, name="me-privacy"),
    path("privacy/data.json", me.my_data, name="me-data"),
]
