from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from reports.api import public

urlpatterns = [
    path("v1/reports/", public.Reports.as_view(), name="api-reports"),
    path("v1/reports/<int:pk>/", public.OneReport.as_view(), name="api-report"),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="api-openapi"),
]
