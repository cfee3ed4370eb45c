"""What is understood of a timetable, before it is saved. With script a part of the page, without a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render

from ..admin_schedule_forms import UnderstandForm

_PREFIX_LENGTH = 60


def understand(request: HttpRequest) -> HttpResponse:
    """POST the boxes of one timetable (`prefix` names them) → HTML, or JSON where that is asked for.

    JSON: {"status", "wording", "dates": [ISO, six at most], "said": [sentences], "errors": {field: [sentences]}}.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = UnderstandForm(request.POST, prefix=request.POST.get("prefix", "")[:_PREFIX_LENGTH] or None)
    understanding = form.understanding
    status = 200 if understanding is not None else 422
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse(_as_json(form), status=status)
    context = {"understanding": understanding, "form": form}
    return render(request, _template(request, understanding is not None), context, status=status)


def _template(request: HttpRequest, is_understood: bool) -> str:
    if "X-Part" not in request.headers:
        return "directory/admin/understanding.html"
    return f"directory/admin/_{'understood' if is_understood else 'understanding_errors'}.html"


def _as_json(form: UnderstandForm) -> dict[str, object]:
    known = form.understanding
    if known is None:
        return {"errors": form.errors.get_json_data()}
    return {
        "status": str(known.status),
        "wording": known.wording,
        "dates": [day.isoformat() for day in known.dates],
        "said": list(known.said),
        "errors": {},
    }
