"""Addresses of gatherings."""

from django.urls import path

from .views import gathering_join, group_gatherings

_GROUP = "group/<str:code>/gatherings/"

urlpatterns = [
    path("e/<str:code>/take-part/", gathering_join.gathering_join, name="gathering_join"),
    path(_GROUP, group_gatherings.group_gatherings, name="group_gatherings"),
    path(f"{_GROUP}<str:event>/", group_gatherings.group_gathering, name="group_gathering"),
    path(
        f"{_GROUP}<str:event>/people/",
        group_gatherings.group_gathering_people,
        name="group_gathering_people",
    ),
]
