"""「見つからなかった言葉」: what was asked several times in one's own places and found nothing; what to make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from areas.models import Area
from members.permissions import scope_for
from search.analysis.normalise import clean
from search.models import QuestionNote, SynonymGroup, UnansweredQuestion

from ..area_paths import area_path

SINCE_DAYS = 90
MINIMUM = 3
_MOST = 200
_LONGEST_NOTE = 200


@dataclass(frozen=True)
class Row:
    """Words that found nothing in a place, how often, and what staff noted."""

    words: str
    area: str
    place: str
    total: int
    last: date
    note: QuestionNote | None

    @property
    def seen(self) -> str:
        """What the form sends back, so that nobody else's note is written over."""
        return mark_of(self.note) if self.note else ""


def questions(request: HttpRequest) -> HttpResponse:
    """The list of one's own places. Rarer words are never shown: they could tell who asked."""
    policy = policy_registry.get_by_type(SynonymGroup)
    context = {
        "rows": _rows(request.user),
        "minimum": MINIMUM,
        "days": SINCE_DAYS,
        "states": QuestionNote.State.choices,
        "may_add": policy.user_has_permission(request.user, "add"),
        "may_note": scope_for(request.user, "change") is not None,
        "page_title": _("見つからなかった言葉"),
        "header_title": _("見つからなかった言葉"),
        "header_icon": "help",
    }
    return TemplateResponse(request, "search/admin/questions.html", context)


def note(request: HttpRequest) -> HttpResponse:
    """POST words, area, state, note: what staff make of words. Only of a line they can see."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if scope_for(request.user, "change") is None:
        raise PermissionDenied
    words, area = request.POST.get("words", ""), request.POST.get("area", "")
    state = request.POST.get("state", "")
    shown = any((row.words, row.area) == (words, area) for row in _rows(request.user, action="change"))
    if not shown or state not in QuestionNote.State.values:
        return HttpResponseBadRequest(_("その言葉は、いまの一覧にありません。画面を開き直してください。"))
    said = clean(request.POST.get("note", ""))[:_LONGEST_NOTE]
    values = {"state": state, "note": said, "day": timezone.localdate()}
    if _write(words, area, values, seen=request.POST.get("seen", "")):
        messages.success(request, _("「%(words)s」を記録しました。") % {"words": words})
    else:
        message = _("ほかの人が先に記録しました。まだ保存していません。あなたのメモ:%(note)s")
        messages.error(request, message % {"note": said or "—"})
    return redirect("search_words:questions")


@transaction.atomic
def _write(words: str, area: str, values: dict[str, Any], *, seen: str) -> bool:
    """Save, unless somebody else did after the page was shown (`seen`: the mark it showed)."""
    row, is_new = QuestionNote.objects.select_for_update().get_or_create(
        words=words, area=area, defaults=values
    )
    if is_new:
        return not seen
    if mark_of(row) != seen:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def mark_of(note: QuestionNote) -> str:
    """Differs when a note does."""
    return f"{note.state} {note.day.isoformat()} {note.note}"


def _rows(user: Any, *, action: str = "view") -> list[Row]:
    """The lines `user` may see: those of the own places, and those of no place."""
    since = timezone.localdate() - timedelta(days=SINCE_DAYS)
    places = {
        area_path(area): str(area) for area in Area.objects.select_related("parent__parent").defer("boundary")
    }
    own = _own_paths(user, action)
    found = UnansweredQuestion.objects.frequent(since, minimum=MINIMUM, areas=own)[:_MOST]
    notes = {(item.words, item.area): item for item in QuestionNote.objects.all()}
    rows = [
        Row(
            words=line["words"],
            area=line["area"],
            place=places.get(line["area"], line["area"] or _("地区を決めない質問")),
            total=line["total"],
            last=line["last"],
            note=notes.get((line["words"], line["area"])),
        )
        for line in found
    ]
    return [row for row in rows if not _is_settled(row)]


def _own_paths(user: Any, action: str) -> list[str] | None:
    """Paths of the places of `user`, "" (no place) among them; None for everywhere."""
    scope = scope_for(user, action)
    if scope is None:
        return []
    if scope.is_everywhere:
        return None
    areas = Area.objects.filter(pk__in=scope.area_ids).select_related("parent__parent").defer("boundary")
    return ["", *(area_path(area) for area in areas)]


def _is_settled(row: Row) -> bool:
    """Settled words come back when they are asked again after that day."""
    return row.note is not None and row.note.state == QuestionNote.State.SETTLED and row.last <= row.note.day
