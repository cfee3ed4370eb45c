"""Addresses of introductions and of the board."""

from django.urls import path

from .views import exchange_links, group_introductions, introduction_ask

_GROUP = "group/<str:code>/introductions/"

urlpatterns = [
    path("o/<str:code>/introduction/", introduction_ask.introduction_ask, name="introduction_ask"),
    path("exchange/<str:token>/", exchange_links.exchange_link, name="exchange_link"),
    path(_GROUP, group_introductions.group_introductions, name="group_introductions"),
    path(f"{_GROUP}new/<str:to>/", group_introductions.group_introduction_new, name="group_introduction_new"),
    path(f"{_GROUP}<str:introduction>/", group_introductions.group_introduction, name="group_introduction"),
]
