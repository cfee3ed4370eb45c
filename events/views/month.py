"""One month of events: on the screen, and on paper (A4 as a list, A3 as a table)."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..month_page import MonthPage, month_of
from ..month_paper import MonthPaper
from ..questions import EventQuestion


@require_safe
def this_month(request: HttpRequest) -> HttpResponse:
    """The short way to the present month."""
    return redirect("events:month", month=f"{timezone.localdate():%Y-%m}")


@require_safe
def month_page(request: HttpRequest, month: str) -> HttpResponse:
    """The table of a month with the list that says the same. 400 with a sentence for what cannot be meant."""
    question = EventQuestion.from_params(request.GET, timezone.localdate())
    first = month_of(month, question.today)
    if first is None:
        raise Http404(_("この月のページはありません。"))
    right = f"{first:%Y-%m}"
    if right != month:
        return redirect(question.address("events:month", month=right))
    page = MonthPage(question, first, timezone.localtime())
    context = {"page": page, "question": question, "print_url": reverse("events:print")}
    status = 400 if question.problems else 200
    return render(request, "events/calendar/month.html", context, status=status)


@require_safe
def month_print(request: HttpRequest) -> HttpResponse:
    """A month for paper: `?month=2026-12&area=…&paper=a3`."""
    question = EventQuestion.from_params(request.GET, timezone.localdate())
    typed = request.GET.get("month", "")
    first = month_of(typed, question.today) if typed else question.today.replace(day=1)
    if first is None:
        raise BadRequest(_("月は「2026-12」のように書いてください。"))
    paper = MonthPaper(MonthPage(question, first, timezone.localtime()), request.GET.get("paper", ""))
    template = "events/calendar/print_table.html" if paper.is_table else "events/calendar/print_list.html"
    return render(
        request, template, {"paper": paper, "page": paper.page, "address": _address(request, paper)}
    )


def _address(request: HttpRequest, paper: MonthPaper) -> str:
    return request.build_absolute_uri(paper.page.own_url)
