"""「お知らせを送る」: what → a last look with who gets it → sent, and whom to call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..door_desk import Desk
from ..door_forms import MessageForm
from ..door_keys import new_key, once_of
from ..services.messages import reach_of, send_message

#: The latest dates one may write to.
_DATES = 30


@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, desk: Desk) -> HttpResponse:
    """POST do=check shows the last look, do=send sends, do=edit goes back. Sent twice it goes out once."""
    dates = list(desk.event.dates.select_related("venue").order_by("-date", "-start")[:_DATES])[::-1]
    asked = request.POST.get("do", "")
    typed = request.POST if request.method == "POST" else None
    form = MessageForm(typed, event=desk.event, dates=dates, initial={"date": request.GET.get("date", "")})
    context = {
        "desk": desk,
        "event": desk.event,
        "organization": desk.event.organization,
        "form": form,
        "key": request.POST.get("key") or new_key(),
    }
    if typed is not None and asked == "send" and form.data.get("key"):
        sent_before = desk.event.messages.filter(once=once_of(request, desk.event, "m")).first()
        if sent_before is not None:
            return redirect(desk.url("message_sent", sent_before.pk))
    if typed is None or asked == "edit" or not form.is_valid():
        if asked == "edit":
            form.errors.clear()
        return render(request, "events/door/message.html", context, status=422 if form.errors else 200)
    if asked == "send":
        return _send(request, desk, form)
    context["reach"] = reach_of(desk.event, form.chosen)
    context["kept"] = [(name, form.data.get(name, "")) for name in form.fields]
    return render(request, "events/door/message_check.html", context)


def _send(request: HttpRequest, desk: Desk, form: MessageForm) -> HttpResponse:
    said = form.cleaned_data
    sent, _is_new = send_message(
        event=desk.event,
        date=form.chosen,
        subject=said["subject"],
        body=said["body"],
        by=request.user,
        once=once_of(request, desk.event, "m"),
    )
    messages.success(request, _("%(number)d人にメールを送りました。") % {"number": sent.sent_to})
    return redirect(desk.url("message_sent", sent.pk))


@require_safe
def message_sent(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """What was sent, and who is to be called: as the list stands now."""
    rows = desk.event.messages.select_related("date")
    try:
        found = get_object_or_404(rows, pk=number)
    except OverflowError:
        found = get_object_or_404(rows, pk=0)
    context = {
        "desk": desk,
        "event": desk.event,
        "organization": desk.event.organization,
        "message": found,
        "reach": reach_of(desk.event, found.date),
    }
    return render(request, "events/door/message_sent.html", context)
