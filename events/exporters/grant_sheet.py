"""The grant report as a spreadsheet: one group with its dates, or all groups of a place, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from spreadsheets.answers import table_file

from ..services.grant_report import PEOPLE_A_TIME, TIMES_A_YEAR, GrantReport

#: Of the first two columns: what a row is about, and its name.
_WIDTHS = (24, 40)


def one_group(report: GrantReport) -> HttpResponse:
    """The dates of a group, the sums and the conditions below."""
    rows: list[Sequence[Any]] = [
        [_("団体"), report.organization.name],
        [_("年度"), report.year],
        [],
        [_("日にち"), _("催し"), _("参加した人"), _("手伝った人")],
    ]
    rows += [[row.date, row.title, row.participants, row.volunteers] for row in report.held]
    rows += [
        [_("合計"), _("%(number)d回") % {"number": report.times}, report.people, report.volunteers],
        [_("1回の平均"), "", report.average],
        [_("中止した回"), report.cancelled],
        [_("人数の記録がない回"), report.unrecorded],
        *([words, _met(met)] for words, met in conditions(report)),
    ]
    return table_file(
        rows, name=f"grant-{report.organization.code}-{report.year}", kind="xlsx", widths=_WIDTHS
    )


def all_groups(reports: Iterable[GrantReport], year: int) -> HttpResponse:
    """One group a line."""
    head = [
        _("団体"),
        _("開いた回"),
        _("参加した人"),
        _("手伝った人"),
        _("1回の平均"),
        _("中止した回"),
        _("人数の記録がない回"),
    ]
    words = [line for line, _is_met in conditions(GrantReport(None, year))]  # type: ignore[arg-type]
    rows: list[Sequence[Any]] = [[*head, *words]]
    for report in reports:
        figures = [report.times, report.people, report.volunteers, report.average]
        kept = [report.cancelled, report.unrecorded, *(_met(met) for _words, met in conditions(report))]
        rows.append([report.organization.name, *figures, *kept])
    return table_file(rows, name=f"grant-{year}", kind="xlsx", widths=_WIDTHS)


def conditions(report: GrantReport) -> list[tuple[str, bool]]:
    """What most grants ask, in words, and whether it is so."""
    return [
        (_("年%(times)d回以上") % {"times": TIMES_A_YEAR}, report.is_often_enough),
        (_("1回平均%(people)d人以上") % {"people": PEOPLE_A_TIME}, report.is_large_enough),
    ]


def _met(is_met: bool) -> str:
    return _("満たしています") if is_met else _("満たしていません")
