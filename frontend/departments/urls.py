from django.urls import path

from frontend.departments import views

urlpatterns = [
    path("", views.work, name="work"),
    path("<int:pk>/start/", views.start, name="work-start"),
    path("<int:pk>/resolve/", views.resolve, name="work-resolve"),
]
