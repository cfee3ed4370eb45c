"""Changing rows of a list, many at once: each in a transaction of its own, with the reason where it was not done.

Every function returns "" when done, else a sentence for the person.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from areas.models import Area
from members.models import User

from ..choices import LifeStatus
from ..models import Organization, Resource
from .review_decisions import waiting_state

Row = Resource | Organization


@transaction.atomic
def publish_row(row: Row, *, by: User) -> str:
    """Publish the draft of `row`. One that waits for a review is decided there, where somebody reads it."""
    row = _locked(row)
    if waiting_state(row) is not None:
        return _("審査を待っています。審査の画面で決めてください。")
    if row.live and not row.has_unpublished_changes:
        return _("もう公開しています。")
    draft = row.get_latest_revision_as_object()
    problem = _missing(draft)
    if problem:
        return problem
    revision = row.latest_revision or draft.save_revision(user=by)
    revision.publish(user=by)
    return ""


def _missing(draft: Any) -> str:
    """What must be there before something is public, as the form asks for it."""
    try:
        draft.full_clean()
    except ValidationError as error:
        return _("入力に足りないところがあります(%(what)s)。") % {"what": "、".join(error.messages)[:100]}
    if isinstance(draft, Resource) and not draft.categories.all():
        return _("種類がありません。")
    return ""


@transaction.atomic
def withdraw_row(row: Row, *, by: User) -> str:
    """Take `row` out of public view. It stays as a draft."""
    row = _locked(row)
    if not row.live:
        return _("公開していません。")
    row.unpublish(user=by)
    return ""


@transaction.atomic
def assign_district(row: Resource, district: Area, *, by: User) -> str:
    """Give an entry without a place its district. With a place, the place says it."""
    row = Resource.objects.select_related("venue").get(pk=_locked(row).pk)
    if row.venue is not None and row.venue.district_id is not None:
        return _("場所があるので、その地区になります。")
    return _set(row, by, district=district)


@transaction.atomic
def set_status(row: Row, status: str, *, by: User) -> str:
    """Pause or close `row`, publicly where it is public."""
    row = _locked(row)
    name = "life_status" if isinstance(row, Resource) else "status"
    if getattr(row, name) == status:
        return _("もうその状態です。")
    if status == LifeStatus.PAUSED and getattr(row, name) == LifeStatus.CLOSED:
        return _("終了しています。")
    return _set(row, by, **{name: status})


def _set(row: Row, by: User, **values: Any) -> str:
    """Write `values` as a new version. Beside somebody's unfinished change nothing is published along."""
    if row.live and row.has_unpublished_changes:
        return _("まだ公開していない変更があります。先にそれを公開するか、取りやめてください。")
    policy = policy_registry.get_by_type(type(row))
    if row.live and not policy.user_has_permission_for_instance(by, "publish", row):
        return _("公開しているものは、公開できる役割の人だけが変えられます。")
    draft = row.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by, log_action=True)
    if row.live:
        revision.publish(user=by)
    else:  # lists of drafts, and whose work they are, are read from the row
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return ""


def _locked(row: Row) -> Any:
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
