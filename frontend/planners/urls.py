from django.urls import path

from frontend.planners import weights

urlpatterns = [path("weights/", weights.weights, name="planning-weights")]
