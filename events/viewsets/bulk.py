"""The same with several events, reports or posts of a list. See `directory.viewsets.bulk`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from directory.viewsets.bulk import Publish

from ..models import Event, Opportunity, Report


class PublishHappenings(Publish):
    """「公開する」 for what happens: reports hidden on request stay hidden."""

    models = [Event, Report, Opportunity]

    def act(self, row: Any) -> str:
        if row.hidden_on is not None:
            return _("お申し出で公開を止めています。")
        return super().act(row)
