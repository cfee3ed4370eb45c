"""Addresses of finding; part of `directory.urls`."""

from django.urls import path

from .views.find import find, find_near
from .views.map import find_map

urlpatterns = [
    path("find/", find, name="find"),
    path("find/near/", find_near, name="find_near"),
    path("find/map.json", find_map, name="find_map"),
]
