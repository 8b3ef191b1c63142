"""Where moderators keep the sections beside problems."""

from django.urls import path

from frontend.moderators import places

urlpatterns = [
    path("places/", places.suggested, name="places-moderation"),
    path("places/<int:pk>/", places.edit, name="place-edit"),
    path("places/<int:pk>/publish/", places.publish, name="place-publish"),
    path("places/<int:pk>/reject/", places.reject, name="place-reject"),
    path("places/<int:pk>/take-back/", places.take_back, name="place-take-back"),
]
