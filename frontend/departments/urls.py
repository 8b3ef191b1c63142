from django.urls import path

from frontend.departments import views
from frontend.departments.steps import BY_VERB

urlpatterns = [
    path("", views.work, name="work"),
    *(path(f"<int:pk>/{verb}/", views.act, {"verb": verb}, name=f"work-{verb}") for verb in BY_VERB),
]
