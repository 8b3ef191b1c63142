from django.urls import path

from frontend.departments import bulk_views, case_views, paper, views
from frontend.departments.steps import BY_VERB

urlpatterns = [
    path("", views.work, name="work"),
    path("bulk/", bulk_views.bulk, name="work-bulk"),
    path("print/", paper.printed, name="work-print"),
    path("queue.csv", paper.queue_csv, name="work-csv"),
    path("queue.geojson", paper.queue_geojson, name="work-geojson"),
    path("<int:pk>/note/", case_views.note, name="work-note"),
    path("<int:pk>/help/", case_views.welcome, name="work-help"),
    path("<int:pk>/offers/<int:offer>/", case_views.offer, name="work-offer"),
    path("<int:pk>/link/", case_views.link, name="work-link"),
    path("<int:pk>/link/<int:link>/back/", case_views.link_back, name="work-link-back"),
    *(path(f"<int:pk>/{verb}/", views.act, {"verb": verb}, name=f"work-{verb}") for verb in BY_VERB),
]
