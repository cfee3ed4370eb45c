"""What somebody typed while the login had ended: it waits in the session and stands in the form again after the login.

Only text, for an hour, for the one address it was sent to; it is handed out once. Files have to be chosen again.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone

_KEY = "typed-before-login"
_LIFETIME = timedelta(hours=1)
_MOST = 60_000


def keep_typed(request: HttpRequest) -> None:
    """Keep what was sent to this address, if anything was."""
    if request.method != "POST":
        return
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    body = data.urlencode()
    if len(body) <= _MOST:
        request.session[_KEY] = {"path": request.path, "body": body, "at": timezone.now().timestamp()}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed for this address before the login; None without. Asking takes it away."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    if timezone.now().timestamp() - kept["at"] > _LIFETIME.total_seconds():
        return None
    return QueryDict(kept["body"])
