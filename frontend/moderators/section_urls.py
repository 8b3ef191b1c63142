"""Where moderators keep the sections beside problems."""

from django.urls import path

from frontend.moderators import news, places

urlpatterns = [
    path("places/", places.suggested, name="places-moderation"),
    path("places/<int:pk>/", places.edit, name="place-edit"),
    path("places/<int:pk>/publish/", places.publish, name="place-publish"),
    path("places/<int:pk>/reject/", places.reject, name="place-reject"),
    path("places/<int:pk>/take-back/", places.take_back, name="place-take-back"),
    path("news/", news.news, name="news-moderation"),
    path("news/new/", news.new, name="announcement-new"),
    path("news/<int:pk>/", news.edit, name="announcement-edit"),
    path("news/<int:pk>/publish/", news.publish, name="announcement-publish"),
    path("news/<int:pk>/withdraw/", news.withdraw, name="announcement-withdraw"),
]
