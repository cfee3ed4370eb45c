"""Joins allauth to the site. Called once, when models can be imported."""

from __future__ import annotations

from allauth.account.signals import authentication_step_completed, email_confirmed
from allauth.core.internal import ratelimit
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

from background.daily import register_daily_job

from . import account_signals
from .absences import sync_substitutes
from .sessions import clear_expired_sessions
from .unused_accounts import remove_never_used


def wire_accounts() -> None:
    """Limits in the durable cache; our own consequences of allauth's events."""
    # allauth counts in the default cache, which here is the memory of one process: limits would not survive a restart
    # and each process would count anew. It has no setting for another cache.
    durable = ConnectionProxy(caches, "durable")
    ratelimit.cache = durable
    totp.cache = durable
    authentication_step_completed.connect(
        account_signals.forget_unproven_password, dispatch_uid="members.forget_unproven_password"
    )
    email_confirmed.connect(account_signals.remember_proof, dispatch_uid="members.remember_proof")
    authenticator_added.connect(
        account_signals.welcome_second_factor, dispatch_uid="members.welcome_second_factor"
    )
    register_daily_job("substitutes", sync_substitutes)
    register_daily_job("sessions", clear_expired_sessions)
    register_daily_job("accounts never used", remove_never_used)
