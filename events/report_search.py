"""Reports as search documents. Public information only: every name and place is asked of `visibility`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from directory.area_paths import area_paths
from directory.found_types import FoundType, register_found_type
from directory.japanese_dates import full_date
from search.documents import SearchDocument
from search.registry import DocumentSource, registry

from .models import Report
from .report_cards import named
from .services.reindexing import REPORT
from .visibility import district_of, is_public

#: What of a text is words.
_TEXTS = ("paragraph", "heading", "text")


class ReportSource(DocumentSource):
    """Reports, by uuid."""

    type = REPORT
    label = "活動報告"

    def queryset(self) -> QuerySet[Report]:
        loaded = Report.objects.published().select_related(
            "organization", "district__parent__parent", "resource__venue", "event__venue"
        )
        return loaded.prefetch_related("themes")

    def get_id(self, obj: Report) -> str:
        return str(obj.uuid)

    def filter_ids(self, queryset: QuerySet[Report], ids: Collection[str]) -> QuerySet[Report]:
        return queryset.filter(uuid__in=ids)

    def build(self, obj: Report) -> SearchDocument | None:
        return report_document(obj)

    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        seen = Report.objects.published().filter(uuid__in=ids).values_list("uuid", flat=True)
        return {str(uuid) for uuid in seen}

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        seen = Report.objects.published().filter(uuid__in=ids).values_list("uuid", "code")
        return {str(uuid): reverse("events:report", kwargs={"code": code}) for uuid, code in seen}


def register() -> None:
    """Called once, when Django is ready."""
    registry.register_source(ReportSource())
    register_found_type(FoundType(REPORT, "events:report"))


def report_document(report: Report) -> SearchDocument | None:
    """What the public may find of `report`; None for one that is not public."""
    if not is_public(report):
        return None
    organization, district = named(report.organization), district_of(report)
    themes = list(report.themes.all())
    who = organization.name if organization is not None else ""
    where = [district.name, district.kana] if district is not None else []
    return SearchDocument(
        id=str(report.uuid),
        type=REPORT,
        title=report.title,
        reading=report.kana,
        category=_joined([_("活動報告"), *(theme.name for theme in themes)]),
        place=_joined([who, *where]),
        body=_joined([report.code, report.summary, *_words_of(report)]),
        keywords={
            "code": (report.code,),
            "area": tuple(area_paths(district)),
            "category": tuple(theme.code for theme in themes),
        },
        card={
            "code": report.code,
            "name": report.title,
            "kana": report.kana,
            "kind": _("活動報告"),
            "place": _("、").join(word for word in (who, district.name if district else "") if word),
            "schedule": full_date(report.date),
            "summary": report.summary[:80],
        },
    )


def _words_of(report: Report) -> list[str]:
    """The words of the text, without names of people who are quoted."""
    words = [strip_tags(str(block.value)) for block in report.body if block.block_type in _TEXTS]
    return words + [block.value["text"] for block in report.body if block.block_type == "quote"]


def _joined(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))
