"""One gate before every staff screen of the register. A screen nobody declared does not open.

Wagtail asks most permissions of the model, not of the row, and forgets some of its side views (history, compare,
copy, preview, workflow). So each route of a viewset stands here with the action it needs, and the row is checked
before Wagtail's view sees the request. Rows of other places do not exist: 404, not 403.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

View = Callable[..., HttpResponse]

#: What a route needs: of the row where it names one, else of the model.
ROUTE_ACTIONS: dict[str, str] = {
    "list": "view",
    "list_results": "view",
    "add": "add",
    "edit": "change",
    "delete": "delete",
    "copy": "view",
    "inspect": "view",
    "usage": "change",
    "history": "change",
    "history_results": "change",
    "preview_on_add": "add",
    "preview_on_edit": "change",
    "revisions_view": "change",
    "revisions_compare": "change",
    "revisions_revert": "change",
    "revisions_unschedule": "publish",
    "unpublish": "publish",
    "lock": "lock",
    "unlock": "change",  # one's own lock; Wagtail asks more for those of others
    "workflow_action": "publish",
    "collect_workflow_action_data": "publish",
    "confirm_workflow_cancellation": "change",
    "workflow_history": "change",
    "workflow_history_detail": "change",
    "workflow_preview": "view",
    # ours
    "verify": "change",
    "ask_on_paper": "change",
    "change_date": "change",
    "understand": "view",
    "settle": "change",
    "shipped": "view",
    "switch_off": "change",
    "try": "view",
    "questions": "view",
    "compare": "publish",
    "decide": "publish",
    "restore": "delete",
    "pick": "publish",
    "merges": "publish",
    "note": "view",  # inside the own places: the view asks
    "calls": "view",
    "phone": "change",
    "returned": "change",
    "start": "change",
    "remind_rest": "change",
    "close": "change",
    "answers": "view",
    "record": "add",
    "counts": "view",
    "upload": "add",
    "columns": "change",
    "apply": "change",
    "undo": "change",
    "rename": "change",
    "report": "view",
    "web": "view",
    "name_cards": "view",
    "table_signs": "view",
    "show": "view",
    "act": "change",
}


#: Routes that show the public page inside a frame of the editor.
_FRAMED = frozenset({"preview_on_add", "preview_on_edit", "revisions_view", "workflow_preview"})


def guarded(patterns: list[URLPattern], model: type[Model]) -> list[URLPattern]:
    """The same patterns with the gate before each of them. Raises for a route without a declared action."""
    for pattern in patterns:
        if pattern.name not in ROUTE_ACTIONS:
            raise ImproperlyConfigured(
                f"The staff screen '{pattern.name}' of {model.__name__} has no action. Name what it needs in "
                "directory.viewsets.gates.ROUTE_ACTIONS."
            )
        view = in_own_frame(pattern.callback) if pattern.name in _FRAMED else pattern.callback
        pattern.callback = gate(view, model, ROUTE_ACTIONS[pattern.name])
    return patterns


def in_own_frame(view: View) -> View:
    """Public pages may stand in nobody's frame; their preview stands in ours."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        policy = response.headers.get("Content-Security-Policy")
        if policy:
            response.headers["Content-Security-Policy"] = policy.replace(
                "frame-ancestors 'none'", "frame-ancestors 'self'"
            )
        return response

    return framed


def gate(view: View, model: type[Model], action: str) -> View:
    """`view`, behind the check that the user may do `action` with the row its address names."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return let_in(request, *args, **kwargs)
        except OverflowError as error:  # a number no database column holds, in any field of any form
            raise BadRequest(_("数が大きすぎます。")) from error
        except MultiValueDictKeyError as error:  # a list of rows that says it is longer than it is
            raise BadRequest(_("送られた内容が足りません。画面を開き直してください。")) from error
        except ValidationError as error:  # a key of a row in a list that is no key at all
            raise BadRequest(_("送られた内容が正しくありません。画面を開き直してください。")) from error

    def let_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy = policy_registry.get_by_type(model)
        if "pk" not in kwargs:
            if not policy.user_has_permission(request.user, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)
        row = visible_row(model, request.user, kwargs["pk"])
        if not policy.user_has_permission_for_instance(request.user, action, row):
            raise PermissionDenied
        _check_workflow(row, kwargs)
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            # Two people saving at once: the second waits here and then sees what the first one saved.
            model._default_manager.select_for_update().get(pk=row.pk)
            return view(request, *args, **kwargs)

    return checked


def visible_row(model: type[Model], user: Any, pk: Any) -> Model:
    """The row `pk` as far as `user` may look at it; 404 otherwise, and for what is no key at all."""
    visible = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["view"])
    try:
        return get_object_or_404(model, pk__in=visible.filter(pk=unquote(str(pk))).values("pk"))
    except (ValueError, ValidationError, OverflowError) as error:
        raise Http404 from error


def _check_workflow(row: Model, kwargs: dict[str, Any]) -> None:
    """A workflow state named in the address must be one of this row: Wagtail acts on whichever it is given."""
    if "task_state_id" in kwargs:
        state = get_object_or_404(
            TaskState.objects.select_related("workflow_state"), pk=kwargs["task_state_id"]
        )
        _check_same(state.workflow_state, row)
    if "workflow_state_id" in kwargs:
        _check_same(get_object_or_404(WorkflowState, pk=kwargs["workflow_state_id"]), row)


def _check_same(state: WorkflowState, row: Model) -> None:
    if state.content_object != row:
        raise Http404
