"""Everything the review of one thing shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from .choices import DuplicateState, ParseStatus
from .models import DuplicateCandidate, Organization, Resource
from .review_comparison import ComparedField, Comparison, compare
from .review_queue import ReviewItem, mark_of
from .reviewed import kind_of
from .schedule_understanding import Understanding, understand_spec
from .services.same_group import possible_same
from .versions import revision_in

#: Sentences a reviewer ticks instead of typing them.
READY_SENTENCES = {
    "schedule": _l("開催する曜日と時間を、くわしく書いてください。"),
    "place": _l("場所の名前と住所を書いてください。"),
    "contact": _l("公開してよい電話番号かメールアドレスを、1つ書いてください。"),
    "fee": _l("費用がいくらか、無料かを書いてください。"),
    "photo": _l("写真に写っている人の同意を確かめてください。"),
    "words": _l("どんな活動か、はじめての人にわかるように書いてください。"),
}


@dataclass(frozen=True)
class PartOfReview:
    """One row under review: the organization, or an entry that came with it."""

    row: Any
    mark: str
    comparison: Comparison
    timetables: list[Understanding]
    cautions: list[str]
    twins: list[Any]
    preview_url: str
    edit_url: str

    @property
    def name(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}"


def part_of(row: Any, user: Any) -> PartOfReview:
    """`row`, loaded with its latest draft, as `user` reviews it."""
    draft = row.get_latest_revision_as_object()
    return PartOfReview(
        row=row,
        mark=mark_of(row),
        comparison=compare(row if row.live else None, draft),
        timetables=_timetables(draft),
        cautions=[str(words) for words in kind_of(row).cautions(draft)],
        twins=twins_of(row, user),
        preview_url=_preview(row),
        edit_url=kind_of(row).staff_url("edit", row.pk),
    )


def parts_of(item: ReviewItem, user: Any) -> list[PartOfReview]:
    """The organization and its first entries, as far as `user` may decide about them; or the one entry."""
    mine = policy_registry.get_by_type(Resource).instances_user_has_any_permission_for(user, ["publish"])
    allowed = set(mine.filter(pk__in=[entry.pk for entry in item.entries]).values_list("pk", flat=True))
    return [part_of(row, user) for row in (item.row, *(e for e in item.entries if e.pk in allowed))]


def changes_since(row: Any, mark: str) -> tuple[ComparedField, ...]:
    """What the newest version says otherwise than the one with `mark`; nothing where that one is gone."""
    seen = Revision.objects.for_instance(row).filter(pk=revision_in(mark)).first()
    if seen is None or seen.pk == row.latest_revision_id:
        return ()
    return compare(seen.as_object(), row.get_latest_revision_as_object()).changed


def _preview(row: Any) -> str:
    if row.latest_revision_id is None:
        return ""
    return kind_of(row).staff_url("revisions_view", row.pk, row.latest_revision_id)


def _timetables(draft: Any) -> list[Understanding]:
    if not hasattr(draft, "schedules"):
        return []
    today = timezone.localdate()
    return [
        replace(understand_spec(schedule.rule, today), status=ParseStatus(schedule.status))
        for schedule in draft.schedules.all()
    ]


def twins_of(row: Any, user: Any) -> list[Any]:
    """Entries and groups that may be the same thing: candidates already found, those with the same name, public ones
    alike. Of anything else none: what happens twice is two things.
    """
    model = type(row)
    if model not in (Organization, Resource):
        return []
    kind = "organization" if isinstance(row, Organization) else "resource"
    pairs = DuplicateCandidate.objects.filter(
        Q(**{f"first_{kind}": row}) | Q(**{f"second_{kind}": row}), state=DuplicateState.OPEN
    ).values_list(f"first_{kind}", f"second_{kind}")
    keys = {key for pair in pairs for key in pair} - {row.pk}
    visible = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["view"])
    same = Q(pk__in=keys) | Q(name=row.name)
    found = visible.filter(pk__in=model._default_manager.filter(same).exclude(pk=row.pk).values("pk"))
    return list(dict.fromkeys([*found.order_by("pk")[:5], *_alike(row)]))


def _alike(row: Any) -> list[Any]:
    """Public rows that look like what was sent in: name, reading, telephone, house."""
    draft = row.get_latest_revision_as_object()
    phone = next((contact.phone for contact in draft.contacts.all() if contact.phone), "")
    venue = getattr(draft, "venue", None)
    found = possible_same(
        name=draft.name,
        kana=draft.kana,
        phone=phone,
        address=venue.address if venue is not None else "",
        district=getattr(draft, "district", None),
    )
    return [same.thing for same in found if type(same.thing) is type(row) and same.thing.pk != row.pk]
