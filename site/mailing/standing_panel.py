"""One line on the first screen of administrators when mails or background work do not get on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from background.state import standing


class StandingPanel(Component):
    """Empty, and not drawn, while all is well."""

    name = "background_standing"
    template_name = "mailing/standing.html"
    order = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": troubles()}


def troubles() -> list[str]:
    """What does not get on, and what to do, in sentences."""
    now = standing()
    found = []
    if now.is_stuck:
        found.append(
            _(
                "メールの送信や名簿の取り込みが、10分より長く止まっています。"
                "サーバーで「manage.py run_worker」が動いているか、確かめてください。"
            )
        )
    failed = now.failed_tasks + now.failed_jobs
    if failed:
        found.append(
            ngettext(
                "うまくいかなかった作業が%(count)d件あります。サーバーの記録(ログ)を見てください。",
                "うまくいかなかった作業が%(count)d件あります。サーバーの記録(ログ)を見てください。",
                failed,
            )
            % {"count": failed}
        )
    return found
