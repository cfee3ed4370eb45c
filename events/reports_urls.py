"""Addresses of reports."""

from django.urls import path

from .views import report_removal, report_share, reports

urlpatterns = [
    path("reports/", reports.reports_list, name="reports"),
    path("reports/cases/", reports.case_book, name="cases"),
    path("reports/presentations/", reports.presentations, name="presentations"),
    path("reports/<str:code>/", reports.report_page, name="report"),
    path("reports/<str:code>/share.png", report_share.report_share, name="report_share"),
    path("reports/<str:code>/remove/", report_removal.report_removal, name="report_removal"),
    path("reports/<str:code>/remove/<str:receipt>/", report_removal.report_removed, name="report_removed"),
]
