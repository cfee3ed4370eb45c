"""The calendar as a list: what is held today, this week, this month, where, for whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory.views.find import near_page

from ..calendar_page import CalendarPage
from ..questions import EventQuestion


@require_safe
@vary_on_headers("HX-Request")
def calendar_list(request: HttpRequest) -> HttpResponse:
    """The dates asked for, by day. 400 with a sentence for what cannot be meant."""
    question = EventQuestion.from_params(request.GET, timezone.localdate())
    is_part = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if "day" in request.GET and not is_part and not question.problems:
        # Sent by the form: one question has one address.
        return HttpResponseRedirect(question.url)
    page = CalendarPage(question, timezone.localtime())
    template = "events/calendar/_answer.html" if is_part else "events/calendar/list.html"
    context = {"page": page, "question": question, "is_part": is_part}
    response = render(request, template, context, status=400 if question.problems else 200)
    if is_part:
        response["HX-Push-Url"] = question.url
    return response


@require_safe
def calendar_near(request: HttpRequest) -> HttpResponse:
    """An address stands in for one's position: for browsers without script, and for who does not tell it."""
    question = EventQuestion.from_params(request.GET, timezone.localdate())
    action = reverse("events:calendar_near")
    return near_page(request, question, action, _("住所から近くの催しをさがす"))
