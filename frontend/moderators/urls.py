from django.urls import path

from frontend.moderators import views

urlpatterns = [
    path("", views.moderation, name="moderation"),
    path("<int:pk>/place/", views.place, name="moderation-place"),
    path("<int:pk>/publish/", views.publish, name="moderation-publish"),
    path("<int:pk>/reject/", views.reject, name="moderation-reject"),
]
