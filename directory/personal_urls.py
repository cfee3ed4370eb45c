"""What people keep of the register; part of `directory.urls`."""

from django.urls import path

from .views.favourites import favourites, kinds
from .views.saved_searches import saved_search

urlpatterns = [
    path("mypage/favourites/", favourites, name="favourites"),
    path("mypage/kinds/", kinds, name="kinds"),
    path("mypage/searches/<int:pk>/", saved_search, name="saved_search"),
]
