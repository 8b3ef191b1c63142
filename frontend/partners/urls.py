"""The addresses of partners: what everybody sees of them, and their own desk."""

from django.urls import path

from frontend.partners import desk, own_page, views

urlpatterns = [
    path("", views.partners, name="partners"),
    path("<int:pk>/", views.partner, name="partner"),
    path("desk/", desk.desk, name="partner-desk"),
    path("desk/<int:pk>/offer/", desk.offer, name="partner-offer"),
    path("desk/offers/", desk.offers, name="partner-offers"),
    path("desk/offers/<int:pk>/withdraw/", desk.withdraw, name="partner-withdraw"),
    path("desk/page/", own_page.own_page, name="partner-page"),
]
