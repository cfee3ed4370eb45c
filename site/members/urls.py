"""Login, logout, one's own page."""

from allauth.account.views import login, logout
from django.urls import path

from . import account_views, invitation_views
from .resident_urls import urlpatterns as resident_urlpatterns

app_name = "members"
urlpatterns = [
    path("login/", login, name="login"),
    path("logout/", logout, name="logout"),
    path("account/", account_views.account, name="account"),
    path("account/logout-everywhere/", account_views.log_out_everywhere, name="log_out_everywhere"),
    path("invitation/<str:secret>/", invitation_views.invitation, name="invitation"),
    *resident_urlpatterns,
]
