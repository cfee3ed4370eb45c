"""Buttons of the public pages that keep something of the register; see `members.wishes`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from members.wishes import Granted, WishRefused, register_wish

from .models import Resource
from .services.personal import add_favourite, remove_favourite, save_search


def _entry(code: str) -> Resource:
    resource = Resource.objects.select_related("district").filter(code=code).first()
    if resource is None:
        raise WishRefused(_("この情報は見つかりません。"))
    return resource


def _keep(user: Any, code: str) -> Granted:
    resource = _entry(code)
    add_favourite(user=user, resource=resource)
    words = _("「%(name)s」をお気に入りに入れました。マイページから見られます。")
    return Granted(words % {"name": resource.name}, f"keep-{resource.code}")


def _drop(user: Any, code: str) -> Granted:
    resource = _entry(code)
    remove_favourite(user=user, resource=resource)
    return Granted(
        _("「%(name)s」をお気に入りから外しました。") % {"name": resource.name}, f"keep-{resource.code}"
    )


def _save(user: Any, question: str) -> Granted:
    saved = save_search(user=user, question=question)
    return Granted(_("条件を保存しました(%(name)s)。マイページから見られます。") % {"name": saved.name})


def register() -> None:
    """Called once, when models can be imported."""
    register_wish("keep", _keep)
    register_wish("drop", _drop)
    register_wish("save", _save)
