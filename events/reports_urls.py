"""Addresses of reports."""

from django.urls import path

from .views import group_report_photos, group_reports, report_removal, report_share, reports

_DESK = "group/<str:code>/reports/"
_ONE = f"{_DESK}<str:report>/"

urlpatterns = [
    path("reports/", reports.reports_list, name="reports"),
    path("reports/cases/", reports.case_book, name="cases"),
    path("reports/presentations/", reports.presentations, name="presentations"),
    path("reports/<str:code>/", reports.report_page, name="report"),
    path("reports/<str:code>/share.png", report_share.report_share, name="report_share"),
    path("reports/<str:code>/remove/", report_removal.report_removal, name="report_removal"),
    path("reports/<str:code>/remove/<str:receipt>/", report_removal.report_removed, name="report_removed"),
    path(_DESK, group_reports.group_reports, name="group_reports"),
    path(f"{_DESK}new/", group_reports.group_report_new, name="group_report_new"),
    path(_ONE, group_reports.group_report, name="group_report"),
    path(f"{_ONE}edit/", group_reports.group_report_edit, name="group_report_edit"),
    path(f"{_ONE}preview/", group_reports.group_report_preview, name="group_report_preview"),
    path(f"{_ONE}send/", group_reports.group_report_send, name="group_report_send"),
    path(f"{_ONE}back/", group_reports.group_report_back, name="group_report_back"),
    path(f"{_ONE}photos/", group_report_photos.group_report_photos, name="group_report_photos"),
    path(f"{_ONE}photos/<int:number>/", group_report_photos.group_report_photo, name="group_report_photo"),
]
