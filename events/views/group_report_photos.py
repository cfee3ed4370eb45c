"""Photos of a group's report: into the draft, in order; what is said of one, and a consent taken back, at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.group_now_forms import PhotoForm, PhotoWordsForm
from directory.models import OrganizationMember, Photo
from directory.services.photos import PhotoChanged, belongs_to, mark_of_photo, say_of_photo
from directory.typed_before import typed_before
from directory.viewsets.conflicts import differences

from ..group_report_desk import group_report_view
from ..models import Report, ReportPhoto
from ..services.group_reports import move_photo, put_photo


@group_report_view
def group_report_photos(request: HttpRequest, membership: OrganizationMember, report: Report) -> HttpResponse:
    """The photos of the draft, and the form for another one."""
    here = redirect("events:group_report_photos", membership.organization.code, report.code)
    if request.method == "POST" and "photo" in request.POST:
        moved = move_photo(
            report, photo=request.POST["photo"], move=request.POST.get("action", ""), user=request.user
        )
        if moved:
            messages.success(request, _("下書きに保存しました。"))
        else:
            messages.warning(request, _("その写真は、もうありません。"))
        return here
    form = _photo_form(request)
    if request.method == "POST" and form.is_valid() and _put(request, report, form):
        messages.success(request, _("写真を下書きに入れました。"))
        return here
    photos = report.get_latest_revision_as_object().photos.all()
    context = {
        "organization": membership.organization,
        "report": report,
        "form": form,
        "photos": [(item, _is_own(item.photo, membership)) for item in photos],
    }
    return render(request, "events/group/report_photos.html", context, status=422 if form.errors else 200)


def _photo_form(request: HttpRequest) -> PhotoForm:
    if request.method == "POST":
        return PhotoForm(request.POST, request.FILES)
    kept = typed_before(request)
    return PhotoForm(initial=kept.dict() if kept else None)  # the file has to be chosen again


def _put(request: HttpRequest, report: Report, form: PhotoForm) -> bool:
    try:
        put_photo(report, user=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("file", error.messages)
        return False
    return True


@group_report_view
def group_report_photo(
    request: HttpRequest, membership: OrganizationMember, report: Report, number: int
) -> HttpResponse:
    """What is said of one photo, at once. 409 where somebody changed it meanwhile."""
    photo = _own_photo(membership, report, number)
    said = {"description": photo.description, "people_consent": photo.people_consent}
    form = PhotoWordsForm(request.POST or typed_before(request), initial=said)
    context = {"organization": membership.organization, "report": report, "photo": photo, "form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            say_of_photo(
                photo,
                entry=report,
                user=request.user,
                seen=request.POST.get("mark", ""),
                **form.cleaned_data,
            )
        except PhotoChanged:
            context["conflict"], status = differences(form), 409
        else:
            messages.success(request, _("写真の説明を直しました。ページにすぐ出ます。"))
            return redirect("events:group_report_photos", membership.organization.code, report.code)
    elif request.method == "POST":
        status = 422
    context["mark"] = mark_of_photo(photo)
    return render(request, "events/group/report_photo.html", context, status=status)


def _own_photo(membership: OrganizationMember, report: Report, number: int) -> Photo:
    """A photo of the draft, or of what is public; Http404 for others and for those of other groups too."""
    draft = report.get_latest_revision_as_object()
    keys = {item.photo_id for row in (draft, report) for item in row.photos.all()}
    photo = Photo.objects.filter(pk=number).first() if number in keys else None
    if photo is None or not _is_own(photo, membership):
        raise Http404(_("このページはありません。"))
    return photo


def _is_own(photo: Photo, membership: OrganizationMember) -> bool:
    others = ReportPhoto.objects.filter(photo=photo).exclude(report__organization=membership.organization)
    return belongs_to(photo, membership.organization) and not others.exists()
