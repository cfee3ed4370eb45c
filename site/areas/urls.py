"""Addresses under /api/ that speak of places."""

from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [path("postal/<str:code>/", views.postal_code, name="postal_code")]
