from django.urls import path

from layers import views

urlpatterns = [
    path("tiles/base/<slug:city>/<int:z>/<int:x>/<int:y>.mvt", views.base_tile, name="base-tile"),
    path("tiles/<str:layer_ids>/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("style.json", views.base_style, name="style"),
]
