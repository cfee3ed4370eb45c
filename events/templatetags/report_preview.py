"""Give the editor's preview the context of the public page."""

from __future__ import annotations

from typing import Any

from django import template

from ..models import Report
from ..report_page import ReportPage

register = template.Library()

#: What stands for the number of a report that was never saved; no real one has a 0.
UNSAVED_CODE = "00000"


@register.simple_tag(takes_context=True)
def report_context(context: dict[str, Any], report: Report) -> str:
    """Put what `events/reports/report.html` needs into the context."""
    report.code = report.code or UNSAVED_CODE
    page = ReportPage(report, context.get("request"), is_preview=True)
    context.update({"report": report, "page": page})
    return ""
