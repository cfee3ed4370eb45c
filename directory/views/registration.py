"""「団体の登録」: a start, three steps, a last look, the number. The address holds a secret; nothing is indexed or kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members.permissions import scope_for

from ..form_protection import (
    TokenRefused,
    TokenTooYoung,
    count_against_quota,
    is_over_quota,
    issue_token,
    read_token,
)
from ..forms import TrapForm
from ..models import Registration
from ..registration_answers import first_open_step, initial_of, said_of, summary_of, understood_words
from ..registration_forms import STEPS
from ..services import registrations
from ..services.registration_keeping import keep_photo
from ..services.same_group import Same, possible_same

PURPOSE = "join"
View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """The address is a secret: it is neither kept nor told to the next site."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(wrapped)


@private
def start(request: HttpRequest) -> HttpResponse:
    """What registering is, and the button that begins it. `?for=group`: staff type for a group without mail."""
    for_group = request.GET.get("for") == "group" and scope_for(request.user, "add") is not None
    form = TrapForm(request.POST or None, initial={"token": issue_token(PURPOSE)})
    sent = request.method == "POST" and form.is_valid()
    if sent and (begun := _begin(request, form, for_group)) is not None:
        return begun
    status = 422 if form.errors else 200
    context = {"form": form, "for_group": for_group, "fresh_token": _next_token(request)}
    return render(request, "directory/registration/start.html", context, status=status)


def _next_token(request: HttpRequest) -> str:
    """A new one; one that is only too young stays, so that it grows old enough whoever presses again at once."""
    sent = request.POST.get("token", "")
    try:
        read_token(sent, PURPOSE)
    except TokenTooYoung:
        return sent
    except TokenRefused:
        return issue_token(PURPOSE)
    return issue_token(PURPOSE)


def _begin(request: HttpRequest, form: TrapForm, for_group: bool) -> HttpResponse | None:
    if is_over_quota(request, PURPOSE) and not for_group:
        form.add_error(
            None, _("短い時間に、たくさんの申込みがありました。1時間ほどたってから、もう一度お試しください。")
        )
        return None
    try:
        number = read_token(form.cleaned_data["token"], PURPOSE)
    except TokenTooYoung:
        form.add_error(None, _("もう一度「はじめる」を押してください。"))
        return None
    except TokenRefused:
        form.add_error(None, _("画面を開いてから時間がたちました。もう一度「はじめる」を押してください。"))
        return None
    count_against_quota(request, PURPOSE)
    user = request.user if request.user.is_authenticated else None
    secret = registrations.begin(number=number, user=user, typed_by=user if for_group else None)
    return redirect("directory:join_step", secret=secret, number=1)


def _found(secret: str) -> Registration:
    try:
        return registrations.find(secret)
    except registrations.RegistrationOver as error:
        raise Http404(_("この登録のページはありません。")) from error


@private
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """The mailed link: to where one left off, or to what became of it."""
    row = _found(secret)
    if row.state not in registrations.OPEN:
        return redirect("directory:join_done", secret=secret)
    number = first_open_step(row)
    if number is None:
        return redirect("directory:join_check", secret=secret)
    return redirect("directory:join_step", secret=secret, number=number)


@private
def step(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """One of the three forms."""
    row = _found(secret)
    if number not in STEPS:
        raise Http404(_("このページはありません。"))
    first = first_open_step(row)
    if row.state not in registrations.OPEN or (first is not None and first < number):
        return redirect("directory:join", secret=secret)
    name, form_class = STEPS[number]
    if request.method != "POST":
        return _step_page(request, row, number, form_class(initial=initial_of(row, name)), secret)
    form = form_class(request.POST, request.FILES)
    is_valid = form.is_valid()
    if number == 3:
        _keep_photo(request, row, form)
    if not is_valid or form.errors:
        return _step_page(request, row, number, form, secret, status=422)
    same = [] if request.POST.get("not_same") else _same(row, name, form)
    if same:
        return _step_page(request, row, number, form, secret, same=same)
    return _keep(request, row, number, form, secret)


def _keep(request: HttpRequest, row: Registration, number: int, form: Any, secret: str) -> HttpResponse:
    name, _form = STEPS[number]
    try:
        registrations.save_step(row, step=name, answers=said_of(form), secret=secret)
    except registrations.RegistrationOver:
        return redirect("directory:join", secret=secret)
    # Whoever came from the last look to change one answer goes back to it.
    if first_open_step(row) is None:
        return redirect("directory:join_check", secret=secret)
    return redirect("directory:join_step", secret=secret, number=number + 1)


def _keep_photo(request: HttpRequest, row: Registration, form: Any) -> None:
    """Keep it even where another answer is wrong: a browser does not send a chosen file twice."""
    said = form.cleaned_data
    if not said.get("photo") or {"photo", "photo_description", "people_consent"} & set(form.errors):
        return
    user = request.user if request.user.is_authenticated else None
    try:
        keep_photo(
            row,
            file=said["photo"],
            description=said["photo_description"],
            people_consent=said["people_consent"],
            title=row.answers["who"]["name"][:80],
            person=user,
        )
    except ValidationError as error:
        form.add_error("photo", error.messages[0])
    except registrations.RegistrationOver:
        return  # sent in another window: saving the step says so


def _same(row: Registration, step_name: str, form: Any, *, is_hint: bool = False) -> list[Same]:
    """What is here already and looks like the answers so far."""
    said = {**row.answers.get("who", {}), **row.answers.get("what", {}), **form.cleaned_data}
    found = possible_same(
        name=said.get("activity") or said.get("name", ""),
        kana=said.get("kana", ""),
        phone=said.get("phone", ""),
        address=said.get("address", ""),
        district=getattr(form, "area", None),
        is_hint=is_hint,
    )
    own = (row.organization, row.resource)
    return [same for same in found if same.thing not in own]


@require_POST
@private
def same(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """While somebody types: a part of the page that names what is here already. Nothing is kept."""
    row = _found(secret)
    if number not in STEPS or row.state not in registrations.OPEN:
        raise Http404(_("このページはありません。"))
    form = STEPS[number][1](request.POST)
    form.is_valid()
    found = _same(row, STEPS[number][0], form, is_hint=True) if _says_a_name(form) else []
    return render(request, "directory/registration/_same_hint.html", {"same": found})


def _says_a_name(form: Any) -> bool:
    """One letter is the beginning of everything."""
    return any(len(form.cleaned_data.get(name) or "") > 1 for name in ("name", "activity"))


def _step_page(
    request: HttpRequest,
    row: Registration,
    number: int,
    form: Any,
    secret: str,
    *,
    same: list[Same] | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = _steps()
    context = {
        "registration": row,
        "secret": secret,
        "number": number,
        "steps": steps,
        "title": dict(steps)[number],
        "form": form,
        "same": same,
        "is_open_again": row.state != "typing",
        "is_filled_in": first_open_step(row) is None,
        "previous": number - 1,
        "understood": _understood(row, form) if number == 2 else None,
    }
    return render(request, f"directory/registration/step{number}.html", context, status=status)


def _understood(row: Registration, form: Any) -> tuple[str, str]:
    """How the days of step 2 are read now: of what was just sent, else of what is kept."""
    said = form.cleaned_data if form.is_bound else row.answers.get("what", {})
    return understood_words(said.get("schedule") or "")


def _steps() -> list[tuple[int, str]]:
    """(number, title) of the way through."""
    titles = (_("団体のこと"), _("活動のこと"), _("連絡先のこと"), _("確かめて送る"))
    return list(enumerate(titles, start=1))


@private
def check(request: HttpRequest, secret: str) -> HttpResponse:
    """確認画面: every answer with a way to change it; POST sends."""
    row = _found(secret)
    if row.state not in registrations.OPEN or first_open_step(row) is not None:
        return redirect("directory:join", secret=secret)
    if request.method == "POST":
        registrations.submit(row)
        return redirect("directory:join_done", secret=secret)
    context = {"registration": row, "secret": secret, "parts": summary_of(row), "steps": _steps()}
    return render(request, "directory/registration/check.html", context)


@private
def done(request: HttpRequest, secret: str) -> HttpResponse:
    """受付番号, what was sent, what happens next. Printable."""
    row = _found(secret)
    if row.state in registrations.OPEN:
        return redirect("directory:join", secret=secret)
    context = {
        "registration": row,
        "parts": summary_of(row),
        "is_staff": scope_for(request.user, "view") is not None,
    }
    return render(request, "directory/registration/done.html", context)
