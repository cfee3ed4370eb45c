"""One's own page and what is changed from it; part of `members.urls`."""

from django.urls import path

from . import personal_data_views, resident_views

urlpatterns = [
    path("mypage/", resident_views.my_page, name="my_page"),
    path("mypage/home/", resident_views.home_district, name="home_district"),
    path("mypage/settings/", resident_views.contact_settings, name="contact_settings"),
    path("mypage/wish/", resident_views.wish, name="wish"),
    path("mypage/data/", personal_data_views.my_data, name="my_data"),
    path("mypage/data/download/", personal_data_views.download, name="download_data"),
    path("mypage/delete/", personal_data_views.delete, name="delete_account"),
]
