from django.urls import path

from frontend.departments import bulk_views, views
from frontend.departments.steps import BY_VERB

urlpatterns = [
    path("", views.work, name="work"),
    path("bulk/", bulk_views.bulk, name="work-bulk"),
    *(path(f"<int:pk>/{verb}/", views.act, {"verb": verb}, name=f"work-{verb}") for verb in BY_VERB),
]
