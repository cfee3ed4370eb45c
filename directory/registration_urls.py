"""Addresses of the registration of groups, and of taking over what is here already."""

from django.urls import path

from .views import claim, registration, registration_mine

urlpatterns = [
    path("r/<str:code>/claim/", claim.claim_resource, name="claim_resource"),
    path("o/<str:code>/claim/", claim.claim_organization, name="claim_organization"),
    path("join/", registration.start, name="join_start"),
    path("join/mine/<str:token>/", registration_mine.mine, name="join_mine"),
    path("join/<str:secret>/", registration.resume, name="join"),
    path("join/<str:secret>/<int:number>/", registration.step, name="join_step"),
    path("join/<str:secret>/<int:number>/same/", registration.same, name="join_same"),
    path("join/<str:secret>/check/", registration.check, name="join_check"),
    path("join/<str:secret>/done/", registration.done, name="join_done"),
]
