"""The names of what is written into Wagtail's log about events. Add a line here; `data["reason"]` is shown behind."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _l

from directory.log_actions import formatter
from directory.models import RegisterLogEntry

from .models import Event, Introduction, Opportunity, Report

#: Rows whose changes are shown by place.
REGISTER = (Event, Introduction, Opportunity, Report)

#: Action → words. The name is `tsunagu.<thing>.<verb>`.
ACTIONS = {
    "tsunagu.gathering.leave": _l("団体が交流会への参加をやめた"),
    "tsunagu.event.cancel": _l("催しを中止にした"),
    "tsunagu.event.postpone": _l("催しを延期にした"),
    "tsunagu.event.resume": _l("催しを予定どおりに戻した"),
    "tsunagu.event.cancel_date": _l("1回を中止にした"),
    "tsunagu.event.move_date": _l("1回の日時・場所を変えた"),
    "tsunagu.event.notice": _l("お知らせを変えた"),
    "tsunagu.event.restore_date": _l("1回を予定どおりに戻した"),
    "tsunagu.event.signup": _l("申込みを代わりに入力した"),
    "tsunagu.event.signup_approve": _l("申込みを認めた"),
    "tsunagu.event.signup_decline": _l("申込みを断った"),
    "tsunagu.event.signup_cancel": _l("申込みを代わりに取り消した"),
    "tsunagu.event.signup_size": _l("申込みの人数を変えた"),
    "tsunagu.event.signup_promote": _l("空き待ちの順番によらず席を渡した"),
    "tsunagu.event.walk_in": _l("当日の参加を入力した"),
    "tsunagu.event.message": _l("申し込んだ人へのお知らせを送った"),
    "tsunagu.introduction.request": _l("つなぎを申し込んだ"),
    "tsunagu.introduction.take": _l("つなぎを引き受けた"),
    "tsunagu.introduction.ask": _l("双方にたずねた"),
    "tsunagu.introduction.remind": _l("もう一度たずねた"),
    "tsunagu.introduction.agree": _l("一方が同意した"),
    "tsunagu.introduction.decline": _l("一方が見送った"),
    "tsunagu.introduction.introduce": _l("双方の連絡先を伝えた"),
    "tsunagu.introduction.call_off": _l("つなぎを見送りにした"),
    "tsunagu.introduction.withdraw": _l("申し込んだ団体が取り下げた"),
    "tsunagu.introduction.follow_up": _l("様子を聞く日を変えた"),
    "tsunagu.introduction.outcome": _l("つなぎの結果を記録した"),
    "tsunagu.opportunity.state": _l("掲示板の状態を変えた"),
    "tsunagu.opportunity.renew": _l("掲示の期間を延ばした"),
    "tsunagu.report.removal": _l("取り除いてほしいという連絡で、公開を止めた"),
    "tsunagu.report.removed": _l("連絡により、取り除いた"),
    "tsunagu.report.restored": _l("連絡を確かめて、公開に戻した"),
}


def register_log_actions(actions: Any) -> None:
    """Hook `register_log_actions`."""
    for model in REGISTER:
        actions.register_model(model, RegisterLogEntry)
    for name, words in ACTIONS.items():
        actions.register_action(name)(formatter(words))
