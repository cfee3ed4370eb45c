"""Addresses of the calendar and of one event."""

from django.urls import path

from .views import calendar, event, month

urlpatterns = [
    path("e/<str:code>/", event.event_page, name="event"),
    path("events/", calendar.calendar_list, name="calendar"),
    path("events/near/", calendar.calendar_near, name="calendar_near"),
    path("events/month/", month.this_month, name="this_month"),
    path("events/month/<str:month>/", month.month_page, name="month"),
    path("events/print/", month.month_print, name="print"),
]
