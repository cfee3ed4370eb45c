"""Addresses and menu items of the screens about colleagues; `wagtail_hooks` registers them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import staffing_views


class _StaffingMenuItem(MenuItem):
    """Shown to those who may do something there."""

    def __init__(self, *args: Any, test: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.test = test

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.test(request.user))


def staffing_urls() -> list[URLPattern]:
    """Below `/admin/`."""
    return [
        path("invitations/", staffing_views.invitation_list, name="members_invitations"),
        path(
            "invitations/<int:pk>/withdraw/",
            staffing_views.withdraw_invitation,
            name="members_withdraw_invitation",
        ),
        path("substitutions/", staffing_views.substitution_list, name="members_substitutions"),
        path("substitutions/<int:pk>/end/", staffing_views.end_substitution, name="members_end_substitution"),
    ]


def invitations_item() -> MenuItem:
    """「職員の招待」"""
    return _StaffingMenuItem(
        _("職員の招待"),
        reverse_lazy("members_invitations"),
        icon_name="mail",
        order=610,
        test=staffing_views.may_invite,
    )


def substitutions_item() -> MenuItem:
    """「休みのあいだの代わり」"""
    return _StaffingMenuItem(
        _("休みのあいだの代わり"),
        reverse_lazy("members_substitutions"),
        icon_name="group",
        order=620,
        test=staffing_views.may_hand_over,
    )
