from django.urls import path

from frontend.citizens.sections import ideas, news, places

urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/suggest/", places.place_new, name="place-new"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/photos/<slug:token>.webp", places.place_photo, name="place-photo"),
    path("news/", news.news, name="news"),
    path("news/<int:pk>/", news.announcement, name="announcement"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/new/", ideas.idea_new, name="idea-new"),
]
