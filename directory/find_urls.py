"""Addresses of finding; part of `directory.urls`."""

from django.urls import path

from .views.find import find, find_near
from .views.map import find_map
from .views.suggest import find_suggest

urlpatterns = [
    path("find/", find, name="find"),
    path("find/suggest/", find_suggest, name="find_suggest"),
    path("find/near/", find_near, name="find_near"),
    path("find/map.json", find_map, name="find_map"),
]
