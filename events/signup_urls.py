"""Addresses of signing up, and of one's own sign-up."""

from django.urls import path

from .views import signup, signup_own

urlpatterns = [
    path("e/<str:code>/signup/", signup.signup, name="signup"),
    path("e/<str:code>/signup/<uuid:date>/", signup.signup_date, name="signup_date"),
    path("signup/<str:token>/", signup_own.my_signup, name="my_signup"),
    path("signup/<str:token>/calendar.ics", signup_own.my_signup_ics, name="my_signup_ics"),
    path("signup/<str:token>/done/", signup_own.signup_done, name="signup_done"),
]
