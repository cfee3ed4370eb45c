"""Somebody asks for a report, or one photo, to be taken away: hidden at once, decided by staff afterwards.

Hidden means everywhere: the page, lists, search, feeds, the share image, and every size of every photo, because all of
them ask `Report.hidden_on` and `Photo.withheld_on`. A photo that stands elsewhere too is withheld there as well.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, WorkflowState

from directory.models import Photo, RegisterLogEntry
from directory.services.photos import remove_unless_used

from ..choices import HIDING, RemovalState
from ..models import RemovalRequest, Report, ReportPhoto
from ..share_images import share_key
from .reindexing import reindex_reports
from .removal_mail import tell_decided, tell_hidden

#: As long as somebody may call to ask what became of it.
KEPT_FOR = timedelta(days=90)


class AlreadyDecided(Exception):
    """Somebody decided first. `request` is how it stands now."""

    def __init__(self, request: RemovalRequest) -> None:
        super().__init__(_("この連絡は、もう確かめ終わっています。"))
        self.request = request


@transaction.atomic
def request_removal(
    *, report: Report, receipt: str, photo: Photo | None = None, reason: str = "", contact: str = ""
) -> RemovalRequest:
    """Hide `report`, or only `photo` of it, from this moment. The same receipt twice is one request (double click)."""
    locked = Report.objects.select_for_update().get(pk=report.pk)
    asked, is_new = RemovalRequest.objects.get_or_create(
        receipt=receipt,
        defaults={
            "report": locked,
            "photo": photo,
            "is_about_photo": photo is not None,
            "reason": reason,
            "contact": contact,
        },
    )
    if is_new:
        _settle(locked, [photo.pk] if photo is not None else photos_in(locked))
        log(instance=locked, action="tsunagu.report.removal")
        tell_hidden(asked)
    return asked


@transaction.atomic
def restore(*, request: RemovalRequest, by: Any) -> None:
    """Show it again, unless another request hides it still. Raises `AlreadyDecided`."""
    report = _decide(request, RemovalState.RESTORED, by)
    _settle(report, [request.photo_id] if request.is_about_photo else photos_in(report))
    log(instance=report, action="tsunagu.report.restored", user=by)
    tell_decided(request, title=report.title)


@transaction.atomic
def remove_for_good(*, request: RemovalRequest, by: Any) -> None:
    """Delete the photo, or what the report said with its photos, files included. Raises `AlreadyDecided`.

    Of a report a row without words stays, so that its address goes on saying that it is gone.
    """
    report = _decide(request, RemovalState.REMOVED, by)
    title = report.title
    if not request.is_about_photo:
        _erase(report, by)
    elif request.photo is not None:
        request.photo.delete()
        reindex_reports(Report.objects.filter(pk=report.pk))
    log(instance=report, action="tsunagu.report.removed", user=by)
    tell_decided(request, title=title)


def forget_who_asked(today: date | None = None) -> int:
    """Blank what people wrote, `KEPT_FOR` after the decision. Returns how many. A daily job."""
    before = (today or timezone.localdate()) - KEPT_FOR
    old = RemovalRequest.objects.filter(decided_at__date__lte=before).exclude(reason="", contact="")
    return old.update(reason="", contact="")


def photos_in(report: Report) -> set[int]:
    """The keys of all photos of `report`: beside its text and in it, as it is public and as a draft."""
    versions = [report, report.get_latest_revision_as_object()]
    beside = {item.photo_id for version in versions for item in version.photos.all()}
    inside = {
        block.value["image"].pk
        for version in versions
        for block in version.body
        if block.block_type == "picture" and block.value["image"] is not None
    }
    return beside | inside


def _decide(request: RemovalRequest, state: RemovalState, by: Any) -> Report:
    """Take the decision, once; gives the locked report."""
    report = Report.objects.select_for_update().get(pk=request.report_id)
    waiting = RemovalRequest.objects.filter(pk=request.pk, state=RemovalState.WAITING)
    if not waiting.update(state=state, decided_by=by, decided_at=timezone.now()):
        raise AlreadyDecided(RemovalRequest.objects.get(pk=request.pk))
    request.refresh_from_db()
    return report


def _settle(report: Report, photos: Collection[int | None]) -> None:
    """Make hidden what a standing request asks for, and only that."""
    today = timezone.localdate()
    standing = report.removals.filter(state__in=HIDING, is_about_photo=False).exists()
    hidden_on = (report.hidden_on or today) if standing else None
    Report.objects.filter(pk=report.pk).update(hidden_on=hidden_on, updated_at=timezone.now())
    for photo in Photo.objects.select_for_update().filter(pk__in=photos):
        photo.withheld_on = (photo.withheld_on or today) if _is_asked_away(photo) else None
        photo.save(update_fields=["withheld_on"])
    _forget_pictures(report)


def _is_asked_away(photo: Photo) -> bool:
    """Does a standing request name this photo, or a report it stands in? Reports removed for good have no photos."""
    if RemovalRequest.objects.filter(photo=photo, state__in=HIDING).exists():
        return True
    asked = RemovalRequest.objects.filter(state=RemovalState.WAITING, is_about_photo=False)
    return any(photo.pk in photos_in(row) for row in Report.objects.filter(pk__in=asked.values("report")))


def _erase(report: Report, by: Any) -> None:
    photos = photos_in(report)
    open_states = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    for state in report.workflow_states.filter(status__in=open_states):
        state.cancel(user=by)
    report.revisions.all().delete()
    ReportPhoto.objects.filter(report=report).delete()
    report = Report.objects.get(pk=report.pk)
    report.title, report.kana, report.summary, report.body = _("取り除いた報告"), "", "", []
    report.live, report.has_unpublished_changes, report.is_case = False, False, False
    report.participants = report.volunteers = None
    report.partners.set([])
    report.save()
    RegisterLogEntry.objects.for_instance(report).update(label=report.title)
    for photo in Photo.objects.filter(pk__in=photos):
        if _stands_in_a_text(photo, report) or not remove_unless_used(photo, but_by=RemovalRequest):
            _settle(report, [photo.pk])
    _forget_pictures(report)


def _stands_in_a_text(photo: Photo, report: Report) -> bool:
    """Does another text show it? A photo inside a text is no row that points at it."""
    texts = ReferenceIndex.get_references_to(photo).filter(
        base_content_type__in=ContentType.objects.get_for_models(Report, Page).values()
    )
    own = ContentType.objects.get_for_model(Report)
    return texts.exclude(base_content_type=own, object_id=str(report.pk)).exists()


def _forget_pictures(report: Report) -> None:
    cache.delete(share_key(report))
    reindex_reports(Report.objects.filter(pk=report.pk))
