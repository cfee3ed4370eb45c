"""Rows known from an earlier import: carry over what changed in the file, and only that."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..choices import PlaceVisibility, RowDecision
from ..exporters.register_lists import line_of_schedule
from ..importers.records import Layout, ParsedRow
from ..importers.tables import Row
from ..models import Resource, Schedule
from .import_placing import RowPlace
from .import_writing import Writer, build_schedule, field_values
from .occurrences import rebuild_occurrences


class Updater:
    """Three-way merge: a field is written only where the file itself changed since it was last read.

    So what staff corrected by hand stays, unless the list says something new about the very same thing.
    """

    def __init__(self, layout: Layout, writer: Writer, *, publish: bool, user: Any) -> None:
        self._layout = layout
        self._writer = writer
        self._publish = publish
        self._user = user

    def update(
        self, resource: Resource, parsed: ParsedRow, place: RowPlace, *, known_as: Resource | None = None
    ) -> RowDecision:
        """Bring `resource` up to date with its row. Entries that are public change by way of a draft.

        `known_as`: the entry that came from the row, where it was merged into `resource` since.
        """
        source = known_as or resource
        if source.source_values == parsed.raw:
            return RowDecision.SAME
        before = self._layout.parse(Row(parsed.line, source.source_values))
        Resource.objects.filter(pk=source.pk).update(source_values=parsed.raw)
        if before.content() == parsed.content():
            return RowDecision.SAME
        if parsed.is_place_withheld and not before.is_place_withheld:
            self._withhold(resource, parsed)
        draft = resource.get_latest_revision_as_object()
        if source.pk == resource.pk:
            draft.source_values = parsed.raw
        parsed.differences = self._merge(draft, before, parsed, place)
        revision = draft.save_revision(user=self._user, log_action=True)
        keep_draft(resource, draft, revision, publish=self._publish, user=self._user)
        return RowDecision.CHANGED

    def _withhold(self, resource: Resource, parsed: ParsedRow) -> None:
        """A place that is no longer to be public is hidden at once; everything else may wait for review."""
        resource.place_visibility = PlaceVisibility.HIDDEN
        Resource.objects.filter(pk=resource.pk).update(place_visibility=PlaceVisibility.HIDDEN)
        parsed.warnings.append(_("場所が非公開になったので、すぐに公開をやめました。"))

    def _merge(
        self, draft: Resource, before: ParsedRow, parsed: ParsedRow, place: RowPlace
    ) -> list[list[str]]:
        """Write what the list says anew. Returns [field in words, as the draft had it, as it is now]."""
        old_values, found = field_values(before), []
        for name, value in field_values(parsed).items():
            if old_values.get(name) != value:
                words = str(getattr(Resource._meta.get_field(name), "verbose_name", name))
                found.append([words, _words(draft, name), ""])
                setattr(draft, name, value)
                found[-1][2] = _words(draft, name)
        if before.venue != parsed.venue:
            old = draft.venue
            draft.venue = self._writer.venue_for(parsed, place)
            draft.district = place.area
            found.append([_("場所"), *("" if venue is None else str(venue) for venue in (old, draft.venue))])
        if before.schedule != parsed.schedule:
            old_lines = "\n".join(map(line_of_schedule, draft.schedules.all()))
            draft.schedules.set([build_schedule(parsed, draft)] if parsed.schedule else [])
            found.append([_("日時"), old_lines, str(parsed.schedule.get("original_text", ""))])
        return found

    def add_place(
        self, parsed: ParsedRow, place: RowPlace, resource: Resource | None
    ) -> tuple[RowDecision, Resource | None]:
        """A further place of an entry, from a row that names only the entry's ID: one more timetable there."""
        if resource is None:
            parsed.errors.append(
                _("番号「%(id)s」の登録がありません。先に本体の一覧を取り込んでください。")
                % {"id": parsed.source_id}
            )
            return RowDecision.ERROR, None
        venue = self._writer.venue_for(parsed, place)
        if venue is None or resource.venue_id == venue.pk or self._has_place(resource, venue.pk):
            return RowDecision.SAME, resource
        if not parsed.schedule:
            parsed.schedule = {
                "spec": {"kind": "unknown"},
                "status": "unparsed",
                "original_text": "",
                "note": "",
            }
        schedule = build_schedule(parsed, resource, venue)
        schedule.save()
        rebuild_occurrences([resource])
        return RowDecision.CHANGED, resource

    @staticmethod
    def _has_place(resource: Resource, venue_id: int) -> bool:
        return Schedule.objects.filter(resource=resource, venue_id=venue_id).exists()


def keep_draft(resource: Resource, draft: Resource, revision: Any, *, publish: bool, user: Any) -> None:
    """Publish, or for an entry that is not public keep the draft's row itself up to date. Else it waits for review."""
    if publish:
        revision.publish(user=user)
    elif not resource.live:
        draft.has_unpublished_changes = True
        draft.save()
    else:
        return
    rebuild_occurrences([Resource.objects.get(pk=resource.pk)])


def _words(draft: Resource, name: str) -> str:
    """A value as people read it: 「無料」 rather than "free"."""
    said = getattr(draft, f"get_{name}_display", None)
    value = said() if said else getattr(draft, name)
    return "" if value is None else str(value)
