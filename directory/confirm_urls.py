"""Addresses of answering an ask, and of the sheets staff print."""

from django.urls import path

from .views import ask_sheet, confirm, confirm_code

urlpatterns = [
    path("confirm/", confirm_code.type_code, name="confirm_code"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("confirm/<str:token>/changed/", confirm.changed, name="confirm_changed"),
    path("confirm/<str:token>/all/", confirm.confirm_all, name="confirm_all"),
    path("ask/campaign/<int:pk>/sheets/", ask_sheet.campaign_sheets, name="campaign_sheets"),
    path("ask/<str:code>/sheet/", ask_sheet.ask_sheet, name="ask_sheet"),
    path("ask/<str:code>/qr.svg", ask_sheet.ask_qr, name="ask_qr"),
]
