"""What waits for a reviewer in the own places, the longest wait first.

An organization that registers and its first entries are one item: they are decided in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

from .models import Organization, OrganizationMember, Registration, Resource
from .reviewed import ReviewedKind, kind_of, reviewed_kinds
from .versions import version_of

#: Days a review may wait before those above are told (setting `REVIEW_ESCALATE_AFTER`).
DAYS_TO_WAIT = 7


def days_to_wait() -> int:
    return int(getattr(settings, "REVIEW_ESCALATE_AFTER", DAYS_TO_WAIT))


@dataclass
class ReviewItem:
    """One thing to decide about."""

    row: Any
    since: datetime
    sender: str
    is_new: bool
    receipt: str = ""
    entries: list[Resource] = field(default_factory=list)

    @property
    def kind(self) -> str:
        kind = kind_of(self.row)
        return str(kind.new if self.is_new else kind.changed)

    @property
    def key(self) -> str:
        """「resource-12」: how forms name this item."""
        return f"{self.row._meta.model_name}-{self.row.pk}"

    @property
    def mark(self) -> str:
        return mark_of(self.row)

    @property
    def places(self) -> str:
        if isinstance(self.row, Organization):
            return "、".join(area.short_name for area in self.row.areas.all())
        return self.row.district.short_name if self.row.district else ""

    @property
    def days(self) -> int:
        """Whole days it has waited."""
        return (timezone.now() - self.since).days

    @property
    def is_late(self) -> bool:
        return timezone.now() - self.since >= timedelta(days=days_to_wait())

    @property
    def url(self) -> str:
        return reverse(f"directory_review:{self.row._meta.model_name}", args=[self.row.pk])


def mark_of(row: Any) -> str:
    """`versions.version_of` of a row loaded with its latest draft. Costs no query then."""
    if row.latest_revision is None:
        return version_of(type(row), row.pk)
    return f"{row.latest_revision_id}@{row.latest_revision.created_at.isoformat()}"


def waiting_rows(model: type[Model], user: Any) -> QuerySet:
    """The rows of `model` that wait for `user`: only where the person may publish."""
    policy = policy_registry.get_by_type(model)
    mine = policy.instances_user_has_any_permission_for(user, ["publish"])
    return mine.filter(pk__in=waiting_tasks(model).values("row"))


def waiting_keys(user: Any, *, district: int | None = None) -> list[tuple[str, int]]:
    """(model name, pk) of everything that waits for `user`, the longest wait first: one query, and one for each
    kind of which something waits.
    """
    found: list[tuple[datetime, str, int]] = []
    for kind, since in _waiting_since():
        rows = _without_first_entries(waiting_rows(kind.model, user), user)
        if district is not None:
            rows = rows.filter(**{kind.place: district})
        wanted = set(rows.values_list("pk", flat=True))
        found += [(start, kind.name, pk) for pk, start in since if pk in wanted]
    return [(name, pk) for _start, name, pk in sorted(found)]


def _waiting_since() -> list[tuple[ReviewedKind, list[tuple[int, datetime]]]]:
    """The kinds of which something waits anywhere, each with the keys of its rows and since when."""
    types = {ContentType.objects.get_for_model(kind.model).pk: kind for kind in reviewed_kinds()}
    found: dict[int, list[tuple[int, datetime]]] = {key: [] for key in types}
    rows = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type__in=types,
    )
    kept = ("workflow_state__base_content_type", "workflow_state__object_id", "started_at")
    for key, row, start in rows.values_list(*kept):
        found[key].append((int(row), start))
    return [(types[key], since) for key, since in found.items() if since]


def _without_first_entries(rows: QuerySet, user: Any) -> QuerySet:
    """First entries of a group that waits itself are decided with it."""
    if rows.model is not Resource:
        return rows
    registering = waiting_rows(Organization, user).filter(live=False)
    return rows.exclude(organization__in=registering.values("pk"), live=False)


def waiting_tasks(model: type[Model]) -> QuerySet:
    """The waiting tasks about rows of `model`, each with the key of its row."""
    # Keys of any model are kept as text there; PostgreSQL compares no text with numbers.
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(model),
    ).annotate(row=Cast("workflow_state__object_id", BigIntegerField()))


def review_items(keys: Iterable[tuple[str, int]]) -> list[ReviewItem]:
    """The items of `keys`, in that order, in a fixed number of queries."""
    keys = list(keys)
    found: dict[tuple[str, int], ReviewItem] = {}
    for kind in reviewed_kinds():
        for item in _items(kind, [pk for name, pk in keys if name == kind.name]):
            found[kind.name, item.row.pk] = item
    _add_first_entries(
        [item for item in found.values() if isinstance(item.row, Organization) and item.is_new]
    )
    return [found[key] for key in keys if key in found]


def _items(kind: ReviewedKind, pks: list[int]) -> list[ReviewItem]:
    if not pks:
        return []
    model = kind.model
    tasks = {
        task.row: task
        for task in waiting_tasks(model).filter(row__in=pks).select_related("workflow_state__requested_by")
    }
    rows = model._default_manager.filter(pk__in=pks).select_related("latest_revision")
    is_group = model is Organization
    rows = rows.prefetch_related("areas") if is_group else rows.select_related("district", "organization")
    receipts = _receipts(kind.name, pks) if model in (Organization, Resource) else {}
    senders = {task.workflow_state.requested_by_id for task in tasks.values()}
    members = set(OrganizationMember.objects.filter(user__in=senders).values_list("organization", "user"))
    found: Any = rows
    return [
        ReviewItem(
            row=row,
            since=tasks[row.pk].started_at,
            sender=_sender(row, tasks[row.pk].workflow_state.requested_by, members),
            is_new=not row.live,
            receipt=receipts.get(row.pk, ""),
        )
        for row in found
        if row.pk in tasks
    ]


def _receipts(name: str, pks: list[int]) -> dict[int, str]:
    rows = Registration.objects.filter(**{f"{name}__in": pks}).order_by("created_at")
    return dict(rows.values_list(name, "receipt"))


def _sender(row: Any, person: Any, members: set[tuple[int, int]]) -> str:
    """Who sent it in. The name of a member of a group says less than that it is one."""
    if person is None:
        return _("登録の申込み")
    organization = row.pk if isinstance(row, Organization) else row.organization_id
    is_member = (organization, person.pk) in members
    return _("団体の人(%(name)s)") % {"name": person} if is_member else str(person)


def _add_first_entries(items: list[ReviewItem]) -> None:
    waiting = Resource.objects.filter(
        organization__in=[item.row.pk for item in items],
        live=False,
        pk__in=waiting_tasks(Resource).values("row"),
    ).select_related("district", "latest_revision")
    by_organization = {item.row.pk: item for item in items}
    for entry in waiting if items else []:
        assert entry.organization_id is not None  # noqa: S101 - asked for by organization
        by_organization[entry.organization_id].entries.append(entry)
