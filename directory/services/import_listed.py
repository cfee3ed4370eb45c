"""Rows of an exported list that come back: each is compared with its entry, and only changed cells are written.

What a list says is held against what the register would give out today. So a file nobody touched changes nothing,
whatever came of its entries on the way, and a changed cell changes just this.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from areas.models import Area

from ..choices import PlaceVisibility, RowDecision
from ..exporters.register_lists import COLUMNS, with_export_data
from ..importers.records import ParsedRow
from ..importers.register_list import HEADINGS
from ..models import Resource, Venue
from ..visibility import effective_visibility, place_of
from .import_cells import MEANS, PLACE, READ_ONLY, CellRefused, check_length, is_same, write_cell
from .import_placing import Placer
from .import_updating import keep_draft
from .import_vocabulary import Vocabulary
from .import_writing import Writer

Outcome = tuple[RowDecision, Resource | None]


class ListedUpdater:
    """Brings rows with a code of ours into the drafts of their entries."""

    def __init__(
        self, municipality: Area, placer: Placer, writer: Writer, *, publish: bool, user: Any
    ) -> None:
        self._municipality = municipality
        self._placer, self._writer = placer, writer
        self._publish, self._user = publish, user
        self._vocabulary = Vocabulary()
        self._inside: set[int] = set()

    def find(self, codes: list[str]) -> dict[str, Resource]:
        """Entries by code, in a fixed number of queries."""
        if not codes:
            return {}
        rows = Resource.objects.filter(code__in=codes)
        here = rows.in_area(self._municipality) | rows.filter(district__isnull=True)
        self._inside |= set(here.values_list("pk", flat=True))
        return {row.code: row for row in with_export_data(rows).select_related("merged_into")}

    def update(self, resource: Resource | None, row: ParsedRow) -> Outcome:
        """Write the changed cells of `row`; errors, remarks and differences are told in it."""
        if resource is None:
            return self._refuse(
                row,
                _("登録コード「%(code)s」の登録がありません。新しい登録なら、コードを空にしてください。")
                % {"code": row.code[:20]},
            )
        if resource.merged_into is not None:
            row.warnings.append(
                _("「%(name)s」(%(code)s)にまとめられた登録です。取り込みません。")
                % {"name": resource.merged_into, "code": resource.merged_into.code}
            )
            return RowDecision.SKIPPED, None
        is_own = resource.pk in self._inside
        changed = [
            name for name, cell in row.listed.items() if not is_same(name, cell, _said(resource, name))
        ]
        if not changed:
            return RowDecision.SAME, resource if is_own else None
        if not is_own:
            return self._refuse(row, _("この自治体の登録ではありません。"))
        return self._change(resource, row, changed)

    @staticmethod
    def _refuse(row: ParsedRow, message: str) -> Outcome:
        row.errors.append(message)
        return RowDecision.ERROR, None

    def _change(self, resource: Resource, row: ParsedRow, changed: list[str]) -> Outcome:
        for name in READ_ONLY.intersection(changed):
            row.warnings.append(
                _("「%(column)s」は、取り込みでは変えられません。") % {"column": HEADINGS[name]}
            )
        draft = resource.get_latest_revision_as_object()
        before = {name: _said(draft, name) for name in changed if name not in READ_ONLY}
        todo = [name for name in before if not _is_written(draft, name, row.listed[name], before[name])]
        if not todo:
            if before:
                row.warnings.append(_("同じ変更が、もう下書きに入っています。"))
            return RowDecision.SAME, resource
        for name in todo:
            self._write(name, draft, row, before)
        if row.errors:
            return RowDecision.ERROR, resource
        if resource.live and resource.has_unpublished_changes:
            row.warnings.append(_("公開していない下書きがあります。変更は、その下書きに入ります。"))
        row.differences = [[HEADINGS[name], _words(before[name]), row.listed[name]] for name in todo]
        revision = draft.save_revision(user=self._user, log_action=True)
        keep_draft(resource, draft, revision, publish=self._publish, user=self._user)
        return RowDecision.CHANGED, resource

    def _write(self, name: str, draft: Resource, row: ParsedRow, before: dict[str, Any]) -> None:
        try:
            if name in PLACE:
                self._put_place(draft, row)
            else:
                write_cell(name, draft, row, before=before[name], vocabulary=self._vocabulary)
        except CellRefused as error:
            if str(error) not in row.errors:
                row.errors.append(str(error))

    def _put_place(self, draft: Resource, row: ParsedRow) -> None:
        if effective_visibility(draft, draft.venue) != PlaceVisibility.EXACT:
            raise CellRefused(_("場所を公開していない登録です。場所は、登録の画面で直してください。"))
        now = place_of(draft)
        venue = {
            "name": row.listed.get("place", now.name).strip(),
            "address": row.listed.get("address", now.address).strip(),
        }
        check_length("place", venue["name"], Venue._meta.get_field("name").max_length)
        check_length("address", venue["address"], Venue._meta.get_field("address").max_length)
        if not any(venue.values()):
            draft.venue = None
            return
        located = ParsedRow(line=row.line, raw={}, venue=venue)
        place = self._placer.place(located)
        row.warnings += [words for words in located.warnings if words not in row.warnings]
        draft.venue = self._writer.venue_for(located, place)
        draft.district = place.area


def _said(resource: Resource, name: str) -> Any:
    return COLUMNS[Resource][name][1](resource)


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _is_written(draft: Resource, name: str, cell: str, said: Any) -> bool:
    """Does the draft say it already? A number that came in for staff alone is given out to nobody, but is there."""
    if is_same(name, cell, said):
        return True
    known = [getattr(row, name) for row in draft.contacts.all()] if name in MEANS and cell.strip() else []
    return any(is_same(name, cell, value) for value in known)
