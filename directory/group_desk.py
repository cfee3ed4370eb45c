"""What a group sees of itself: the state of each entry in words, what to do next, how often it was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from .choices import LifeStatus
from .group_access import is_changeable
from .models import Organization, Resource
from .services.counting import Counts, counts_of_month

#: From when on before the day the desk asks for a confirmation.
_SOON = timedelta(days=30)
_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


@dataclass(frozen=True)
class State:
    """How an entry stands, in a word, for people; `look` is done, info, warning or quiet."""

    key: str
    words: str
    look: str
    more: str = ""


@dataclass(frozen=True)
class DeskEntry:
    """One entry on the desk."""

    resource: Resource
    state: State
    draft: State | None
    counts: Counts
    today: date
    comment: str = ""
    returned_by: Any = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def is_public(self) -> bool:
        return self.state.key in ("live", "paused")

    @property
    def may_change(self) -> bool:
        return is_changeable(self.resource)

    @property
    def asks_now(self) -> bool:
        """Is it time to confirm that nothing changed?"""
        due = self.resource.next_due
        return self.is_public and due is not None and due <= self.today + _SOON

    @property
    def counted(self) -> str:
        """「今月 42回見られました。電話のボタンは 3回押されました。」"""
        if not self.counts.seen:
            return _("今月は、まだ見られていません。")
        words = _("今月 %(seen)d回見られました。") % {"seen": self.counts.seen}
        if self.counts.called:
            words += _("電話のボタンは %(called)d回押されました。") % {"called": self.counts.called}
        if self.counts.shared:
            words += _("印刷は %(shared)d回です。") % {"shared": self.counts.shared}
        return words

    @property
    def next_step(self) -> str:
        """What the group should do; empty where nothing."""
        if self.draft is not None and self.draft.key == "returned":
            return _("職員からのお願いを読んで、直してから、もう一度審査に出してください。")
        if self.draft is not None and self.draft.key == "draft":
            return _("書きかけの内容があります。よければ、審査に出してください。")
        if self.asks_now:
            return _("内容が変わっていないか、たしかめてください。")
        return ""


def desk_entries(organization: Organization) -> list[DeskEntry]:
    """The entries of `organization`, those with something to do first, what is over last. Four queries."""
    rows = Resource.objects.filter(organization=organization, merged_into__isnull=True)
    resources = list(rows.select_related("organization").order_by("kana", "pk"))
    entries = _entries(resources)
    return sorted(entries, key=lambda item: (item.state.key == "closed", not item.next_step))


def desk_entry(resource: Resource) -> DeskEntry:
    """One of them."""
    return _entries([resource])[0]


def _entries(resources: list[Resource]) -> list[DeskEntry]:
    today = timezone.localdate()
    keys = [resource.pk for resource in resources]
    counts, reviews = counts_of_month(keys, today), _reviews(keys)
    return [
        DeskEntry(
            resource=resource,
            state=state_of(resource),
            draft=draft_of(resource, reviews.get(str(resource.pk))),
            counts=counts.get(resource.pk, Counts()),
            today=today,
            comment=comment_of(reviews.get(str(resource.pk))),
        )
        for resource in resources
    ]


def state_of(resource: Resource) -> State:
    """What the public sees of it."""
    if resource.life_status == LifeStatus.CLOSED:
        return State("closed", _("終了"), "quiet", _("もう一度はじめるときは、担当の職員にご連絡ください。"))
    if not resource.live:
        return State("unpublished", _("まだ公開していません"), "quiet")
    if resource.hidden_on is not None:
        more = _("長いあいだ確認が取れなかったためです。「変わりありません」を押すと、また公開されます。")
        return State("hidden", _("公開を止めています"), "warning", more)
    if resource.life_status == LifeStatus.PAUSED:
        return State("paused", _("お休み"), "warning", resource.paused_note)
    return State("live", _("公開中"), "done")


def draft_of(row: Resource | Organization, review: WorkflowState | None) -> State | None:
    """What happens to what is not public yet of an entry, or of the group itself; None where there is nothing."""
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        return State(
            "review", _("審査中"), "info", _("職員が確かめています。終わると、メールでお知らせします。")
        )
    if review is not None:
        return State("returned", _("差し戻し"), "warning")
    if not row.live or row.has_unpublished_changes:
        return State("draft", _("下書き"), "info", _("まだ審査に出していません。"))
    return None


def _reviews(keys: Iterable[int]) -> dict[str, WorkflowState]:
    """Entry key → its open review."""
    rows = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Resource),
        object_id__in=[str(key) for key in keys],
        status__in=_OPEN,
    )
    rows = rows.select_related("current_task_state").order_by("pk")
    return {row.object_id: row for row in rows}


def comment_of(review: WorkflowState | None) -> str:
    state = review.current_task_state if review is not None else None
    is_returned = state is not None and state.status == TaskState.STATUS_REJECTED
    return state.comment if is_returned and state is not None else ""


def review_of(organization: Organization) -> WorkflowState | None:
    """The open review of the group itself."""
    rows = organization.workflow_states.filter(status__in=_OPEN).select_related("current_task_state")
    return rows.order_by("-pk").first()
