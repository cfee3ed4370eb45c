"""「届かなかったメール」: what did not arrive, and sending it again. For administrators; texts are not shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.viewsets.base import ViewSet

from .keeping import send_again
from .models import OutgoingMail

#: The newest are what somebody can still do something about.
MOST = 200


class MailViewSet(ViewSet):
    menu_label = gettext_lazy("届かなかったメール")
    icon = "mail"
    add_to_settings_menu = True
    url_prefix = "mails"
    url_namespace = "mails"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", undelivered, name="index"), path("<int:pk>/again/", again, name="again")]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.is_superuser
        return item


@require_GET
@never_cache
def undelivered(request: HttpRequest) -> HttpResponse:
    """The newest mails that did not arrive."""
    _administrators_only(request)
    mails = OutgoingMail.objects.failed()[:MOST]
    return TemplateResponse(
        request,
        "mailing/undelivered.html",
        {"mails": mails, "page_title": _("届かなかったメール"), "header_title": _("届かなかったメール")},
    )


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one sent again to those who did not get it."""
    _administrators_only(request)
    if send_again(get_object_or_404(OutgoingMail, pk=pk)):
        messages.success(request, _("もう一度送ります。"))
    else:
        messages.error(
            request, _("このメールはもう送れません。文面が消えているか、ほかの人が先に送りました。")
        )
    return redirect("mails:index")


def _administrators_only(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied
