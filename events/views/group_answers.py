"""A group says yes or no to an answer, on its desk."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.models import OrganizationMember

from ..group_board_desk import group_post_view
from ..models import Opportunity
from ..services.board_answers import AlreadyDecided, agree_to_answer, decline_answer


@require_POST
@group_post_view
def group_answer(
    request: HttpRequest, membership: OrganizationMember, post: Opportunity, number: int
) -> HttpResponse:
    """POST action=agree (with contact) | decline."""
    answer = get_object_or_404(post.answers, pk=number)
    action = request.POST.get("action")
    try:
        if action == "agree":
            agree_to_answer(answer=answer, contact=request.POST.get("contact", ""))
            messages.success(request, _("連絡先を、メールで伝え合いました。"))
        elif action == "decline":
            decline_answer(answer=answer)
            messages.success(request, _("今回は見送ることを、相手に知らせました。"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except AlreadyDecided as error:
        state = error.args[0].get_state_display()
        messages.warning(request, _("もう決まっています:%(state)s") % {"state": state})
    return redirect("events:group_post", membership.organization.code, post.code)
