"""Addresses of signing up, and of one's own sign-up."""

from django.urls import path

from .views import signup_own

urlpatterns = [
    path("signup/<str:token>/", signup_own.my_signup, name="my_signup"),
    path("signup/<str:token>/done/", signup_own.signup_done, name="signup_done"),
]
