"""Addresses of the register. Entries and organizations by their short code, never by a Japanese slug."""

from django.urls import path

from .confirm_urls import urlpatterns as confirm_urlpatterns
from .find_urls import urlpatterns as find_urlpatterns
from .group_urls import urlpatterns as group_urlpatterns
from .personal_urls import urlpatterns as personal_urlpatterns
from .registration_urls import urlpatterns as registration_urlpatterns
from .views import area, desk, mistake, organization, outputs, resource

app_name = "directory"

urlpatterns = [
    # Entries
    path("r/<str:code>/", resource.resource_page, name="resource"),
    path("r/<str:code>/print/", outputs.print_sheet, name="print"),
    path("r/<str:code>/read/", outputs.read_aloud, name="read"),
    path("r/<str:code>/read.txt", outputs.read_aloud_text, name="read_text"),
    path("r/<str:code>/calendar.ics", outputs.calendar_file, name="calendar"),
    path("r/<str:code>/qr.svg", outputs.qr_code, name="qr"),
    path("r/<str:code>/mistake/", mistake.report_form, name="mistake"),
    path("r/<str:code>/mistake/<str:receipt>/", mistake.report_thanks, name="mistake_thanks"),
    # Organizations, places, desks
    path("o/<str:code>/", organization.organization_page, name="organization"),
    path("districts/", area.districts_index, name="areas"),
    path("desk/", desk.desk_finder, name="desk"),
    *find_urlpatterns,
    *confirm_urlpatterns,
    *group_urlpatterns,
    *personal_urlpatterns,
    *registration_urlpatterns,
]
