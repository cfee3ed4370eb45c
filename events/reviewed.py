"""Events, reports and posts on the board in the review of `directory`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.review_cautions import contact_cautions, photo_cautions, place_cautions, schedule_cautions
from directory.reviewed import ReviewedKind, register_reviewed

from .models import Event, Opportunity, Report
from .review_fields import event_fields, opportunity_fields, report_fields
from .seats_over import over_words
from .services.dates import dates_planned
from .signals import event_changed


def cautions_of_event(draft: Event) -> Iterable[str]:
    yield from place_cautions(draft)
    yield from schedule_cautions(draft)
    yield from contact_cautions(draft)
    yield from photo_cautions(draft)
    if draft.organization is not None and not draft.organization.live:
        yield _("主催の団体が、まだ公開されていません。")
    if over := over_words(draft):
        yield over


def cautions_of_report(draft: Report) -> Iterable[str]:
    if draft.district_id is None:
        yield _("地区が決まっていません。")
    yield from photo_cautions(draft)


def cautions_of_opportunity(draft: Opportunity) -> Iterable[str]:
    if draft.district_id is None:
        yield _("地区が決まっていません。")


def missing_in_event(draft: Event) -> str:
    """An event without a day is none: nobody could come."""
    if not any(dates_planned(schedule) for schedule in draft.schedules.all()):
        return _("日にちを入れてください。")
    return ""


def missing_in_report(draft: Report) -> str:
    if not draft.body and not draft.summary.strip():
        return _("本文を書いてください。")
    return ""


def _tell(rows: QuerySet) -> None:
    for event in rows:
        event_changed.send(Event, event=event)


def _desk(url_name: str) -> Any:
    return lambda row: reverse(url_name, args=[row.organization.code])


def register() -> None:
    """Called once, when Django is ready."""
    register_reviewed(
        ReviewedKind(
            model=Event,
            new=_l("新しい催し"),
            changed=_l("催しの変更"),
            fields=event_fields,
            cautions=cautions_of_event,
            missing=missing_in_event,
            follow=("title", "kana", "kind", "venue", "district"),
            followed=_tell,
            desk=_desk_of_event,
            namespace="events_events",
            trusts_new=True,
        )
    )
    register_reviewed(
        ReviewedKind(
            model=Report,
            new=_l("新しい活動報告"),
            changed=_l("活動報告の変更"),
            fields=report_fields,
            cautions=cautions_of_report,
            missing=missing_in_report,
            follow=("title", "kana", "date", "event", "district"),
            desk=_desk("events:group_reports"),
            namespace="events_reports",
            trusts_new=True,
        )
    )
    register_reviewed(
        ReviewedKind(
            model=Opportunity,
            new=_l("新しい掲示板の書き込み"),
            changed=_l("掲示板の書き込みの変更"),
            fields=opportunity_fields,
            cautions=cautions_of_opportunity,
            follow=("kind", "topic", "title", "district", "open_until"),
            desk=_desk("events:group_board"),
            namespace="events_opportunities",
            trusts_new=True,
        )
    )


def _desk_of_event(event: Event) -> str:
    return reverse(
        "events:group_event_edit", args=[event.organization.code if event.organization else "-", event.code]
    )
