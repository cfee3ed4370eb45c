"""allauth's pages under the names it asks for; only those that are used. Included without a namespace."""

from allauth.account import views
from allauth.account.decorators import reauthentication_required
from allauth.mfa.totp import urls as app_urls
from allauth.mfa.webauthn import urls as passkey_urls
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .fresh_login import fresh_login_required

_TO_LOGIN = {"pattern_name": "members:login", "query_string": True}

_PAGES = [
    # `members:login` is the one form for password and code; allauth knows it by these names.
    path("account/login/", RedirectView.as_view(**_TO_LOGIN), name="account_login"),
    path("account/login/code/", RedirectView.as_view(**_TO_LOGIN), name="account_request_login_code"),
    path("login/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("account/signup/", views.signup, name="account_signup"),
    path("account/confirm/", views.email_verification_sent, name="account_email_verification_sent"),
    path("account/logout/", views.logout, name="account_logout"),
    path("account/inactive/", views.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("account/email/", fresh_login_required(views.email), name="account_email"),
    path("account/password/change/", views.password_change, name="account_change_password"),
    path(
        "account/password/set/",
        fresh_login_required(reauthentication_required(views.password_set)),
        name="account_set_password",
    ),
    path("account/password/reset/", views.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/code/",
        views.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "account/password/reset/new/", views.complete_password_reset, name="account_complete_password_reset"
    ),
    path(
        "account/password/reset/done/",
        views.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("account/2fa/", include("allauth.mfa.urls")),
]

_NEW_KEYS = [
    page
    for page in (*app_urls.urlpatterns, *passkey_urls.urlpatterns)
    if getattr(page, "name", "") in ("mfa_activate_totp", "mfa_add_webauthn")
]
decorate_urlpatterns(_NEW_KEYS, fresh_login_required)
# Personal: never kept by a browser or a proxy.
urlpatterns = decorate_urlpatterns(_PAGES, never_cache)
