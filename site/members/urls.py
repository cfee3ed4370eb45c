"""Login, logout, one's own page."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("mypage/", views.my_page, name="my_page"),
]
