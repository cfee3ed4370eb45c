"""Everything the review of one entry or organization shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from .choices import ContactAudience, DuplicateState, ParseStatus
from .models import DuplicateCandidate, Organization, Resource
from .review_comparison import ComparedField, Comparison, compare
from .review_queue import ReviewItem, mark_of
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

    row: Resource | Organization
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


def part_of(row: Resource | Organization, user: Any) -> PartOfReview:
    """`row`, loaded with its latest draft, as `user` reviews it."""
    draft = row.get_latest_revision_as_object()
    return PartOfReview(
        row=row,
        mark=mark_of(row),
        comparison=compare(row if row.live else None, draft),
        timetables=_timetables(draft),
        cautions=list(_cautions(draft)),
        twins=twins_of(row, user),
        preview_url=_preview(row),
        edit_url=reverse(f"{_namespace(row)}:edit", args=[row.pk]),
    )


def parts_of(item: ReviewItem, user: Any) -> list[PartOfReview]:
    """The organization and its first entries, as far as `user` may decide about them; or the one entry."""
    mine = policy_registry.get_by_type(Resource).instances_user_has_any_permission_for(user, ["publish"])
    allowed = set(mine.filter(pk__in=[entry.pk for entry in item.entries]).values_list("pk", flat=True))
    return [part_of(row, user) for row in (item.row, *(e for e in item.entries if e.pk in allowed))]


def changes_since(row: Resource | Organization, mark: str) -> tuple[ComparedField, ...]:
    """What the newest version says otherwise than the one with `mark`; nothing where that one is gone."""
    seen = Revision.objects.for_instance(row).filter(pk=revision_in(mark)).first()
    if seen is None or seen.pk == row.latest_revision_id:
        return ()
    return compare(seen.as_object(), row.get_latest_revision_as_object()).changed


def _namespace(row: Any) -> str:
    return "directory_organizations" if isinstance(row, Organization) else "directory_resources"


def _preview(row: Any) -> str:
    if row.latest_revision_id is None:
        return ""
    return reverse(f"{_namespace(row)}:revisions_view", args=[row.pk, row.latest_revision_id])


def _timetables(draft: Any) -> list[Understanding]:
    if isinstance(draft, Organization):
        return []
    today = timezone.localdate()
    return [
        replace(understand_spec(schedule.rule, today), status=ParseStatus(schedule.status))
        for schedule in draft.schedules.all()
    ]


def _cautions(draft: Any) -> Iterable[str]:
    """What a reviewer should look at twice."""
    if isinstance(draft, Organization):
        if draft.consented_on is None:
            yield _("掲載に同意した日がありません。")
        return
    if draft.district_id is None and (draft.venue is None or draft.venue.district_id is None):
        yield _("地区が決まっていません。")
    if any(item.status != ParseStatus.PARSED for item in draft.schedules.all()):
        yield _("開催日時の文を、日にちに直せないところがあります。")
    if not draft.schedules.all():
        yield _("開催日時がありません。")
    if not any(item.audience == ContactAudience.PUBLIC for item in draft.contacts.all()):
        yield _("だれでも見られる連絡先がありません。")
    if any(
        item.audience != ContactAudience.STAFF and _is_mobile(item.phone) for item in draft.contacts.all()
    ):
        yield _("携帯電話の番号が公開されます。ご本人に確かめましたか。")
    if any(not item.photo.may_be_shown for item in draft.photos.all()):
        yield _("写っている人の同意がない写真があります。その写真は公開されません。")


def _is_mobile(phone: str) -> bool:
    return phone.replace("-", "").startswith(("070", "080", "090"))


def twins_of(row: Resource | Organization, user: Any) -> list[Any]:
    """Rows that may be the same thing: candidates already found, those with the same name, public ones alike."""
    model = type(row)
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
