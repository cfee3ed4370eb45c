"""The names of what is written into Wagtail's log beside Wagtail's own actions, and how a history says them.

Wagtail refuses an action nobody registered. Add a line here; `data["reason"]` is shown behind the words.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from wagtail.log_actions import LogFormatter

from .models import (
    Audience,
    Category,
    Claim,
    DuplicateCandidate,
    Feature,
    ImportRun,
    MistakeReport,
    Organization,
    RegisterLogEntry,
    Registration,
    Resource,
    Venue,
    VerificationCampaign,
    Visit,
)

#: Rows whose changes are shown by place.
REGISTER = (
    Audience,
    Category,
    Claim,
    DuplicateCandidate,
    Feature,
    ImportRun,
    MistakeReport,
    Organization,
    Registration,
    Resource,
    Venue,
    VerificationCampaign,
    Visit,
)

#: Action → words. The name is `tsunagu.<thing>.<verb>`.
ACTIONS = {
    "tsunagu.review.approved": _l("審査で承認"),
    "tsunagu.review.returned": _l("審査で差し戻し"),
    "tsunagu.review.looked": _l("公開された変更を見た"),
    "tsunagu.review.rejected": _l("審査で掲載しないことに"),
    "tsunagu.resource.hide": _l("確認が取れず公開を止めた"),
    "tsunagu.resource.unhide": _l("確認が取れて公開に戻した"),
    "tsunagu.ask.answer": _l("確認のお願いへの返事"),
    "tsunagu.entry.restore": _l("削除を元に戻した"),
    "tsunagu.claim.make": _l("引き継ぎを申し出た"),
    "tsunagu.claim.approve": _l("引き継ぎを認めた"),
    "tsunagu.claim.reject": _l("引き継ぎを認めなかった"),
    "tsunagu.group.submit": _l("団体が審査に出した"),
    "tsunagu.group.publish": _l("団体が審査なしで公開"),
    "tsunagu.group.change": _l("団体がすぐに変更"),
    "tsunagu.group.member": _l("団体の担当者に加えた"),
    "tsunagu.group.invite": _l("団体の担当者に招待した"),
    "tsunagu.group.withdraw": _l("団体への招待を取り消した"),
    "tsunagu.group.handover": _l("団体の代表を引き継いだ"),
    "tsunagu.group.remove": _l("団体の担当者から外した"),
    "tsunagu.group.leave": _l("団体の担当者をやめた"),
    "tsunagu.merge.do": _l("重複をまとめた"),
    "tsunagu.import.start": _l("名簿の取り込みを始めた"),
    "tsunagu.import.undo": _l("名簿の取り込みを元に戻した"),
    "tsunagu.merge.undo": _l("重複のまとめを元に戻した"),
}


def register_log_actions(actions: Any) -> None:
    """Hook `register_log_actions`."""
    for model in REGISTER:
        actions.register_model(model, RegisterLogEntry)
    for name, words in ACTIONS.items():
        actions.register_action(name)(formatter(words))


def formatter(words: Any) -> type[LogFormatter]:
    """How an action is said in a history: `words`, with the reason behind."""

    class WithReason(LogFormatter):
        label = words

        def format_message(self, log_entry: Any) -> str:
            reason = (log_entry.data or {}).get("reason", "")
            return _("%(words)s(%(reason)s)") % {"words": words, "reason": reason} if reason else str(words)

    return WithReason
