"""Ending the sessions of an account."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from .models import User


def end_all_sessions(user: Any) -> None:
    """Whoever is logged in as `user`, anywhere, is not any more."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def end_other_sessions(request: HttpRequest) -> None:
    """Only the session of this request goes on."""
    user: Any = request.user
    end_all_sessions(user)
    update_session_auth_hash(request, user)


def clear_expired_sessions() -> None:
    """Every day: what nobody can use any more is not kept."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
