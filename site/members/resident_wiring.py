"""Joins what residents have to the site. Called once, when models can be imported."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete
from django.http import HttpRequest

from . import following, my_page, personal_data
from .models import User
from .residency import end_with_the_account
from .resident_views import WELCOME_KEY
from .wishes import grant_remembered


def wire_residents() -> None:
    """Parts of the own page, wishes of before the login, the question where one lives."""
    my_page.register()
    personal_data.register()
    following.register()
    pre_delete.connect(end_with_the_account, sender=User, dispatch_uid="members.end_residency")
    user_logged_in.connect(grant_remembered, dispatch_uid="members.grant_remembered")
    user_signed_up.connect(_ask_home_district, dispatch_uid="members.ask_home_district")


def _ask_home_district(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session[WELCOME_KEY] = True
