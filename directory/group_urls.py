"""Addresses of the group's desk, of invitations to it, and of the counting of presses."""

from django.urls import path

from .views import counting, group_home, group_members, group_now, group_parts, group_photos, group_profile

_ENTRY = "group/<str:code>/<str:entry>/"

urlpatterns = [
    path("r/<str:code>/count/", counting.count_press, name="count_press"),
    path("group/invitation/<str:secret>/", group_members.group_invitation, name="group_invitation"),
    path("group/<str:code>/", group_home.group_desk, name="group_desk"),
    path("group/<str:code>/new/", group_home.group_new, name="group_new"),
    path("group/<str:code>/members/", group_members.group_members, name="group_members"),
    path("group/<str:code>/profile/", group_profile.group_profile, name="group_profile"),
    path("group/<str:code>/profile/send/", group_profile.group_profile_send, name="group_profile_send"),
    path(_ENTRY, group_home.group_entry, name="group_entry"),
    path(f"{_ENTRY}preview/", group_home.group_preview, name="group_preview"),
    path(f"{_ENTRY}send/", group_home.group_send, name="group_send"),
    path(f"{_ENTRY}confirm/", group_home.group_confirm, name="group_confirm"),
    path(f"{_ENTRY}edit/<str:part>/", group_parts.group_part, name="group_part"),
    path(f"{_ENTRY}photos/", group_photos.group_photos, name="group_photos"),
    path(f"{_ENTRY}photos/<int:number>/", group_photos.group_photo, name="group_photo"),
    path(f"{_ENTRY}pause/", group_now.group_pause, name="group_pause"),
    path(f"{_ENTRY}room/", group_now.group_room, name="group_room"),
    path(f"{_ENTRY}notice/", group_now.group_notice, name="group_notice"),
    path(f"{_ENTRY}dates/", group_now.group_dates, name="group_dates"),
    path(f"{_ENTRY}undo/", group_now.group_undo, name="group_undo"),
    path(f"{_ENTRY}close/", group_now.group_close, name="group_close"),
]
