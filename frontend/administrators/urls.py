from django.urls import path

from frontend.administrators import members, overview

urlpatterns = [
    path("", overview.overview, name="settings"),
    path("people/", members.people, name="settings-members"),
    path("people/<int:pk>/", members.member, name="settings-member"),
    path("people/<int:pk>/remove/", members.remove, name="settings-member-remove"),
]
