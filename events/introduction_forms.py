"""What groups and brokers type about an introduction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import IntroductionOutcome


class RequestForm(forms.Form):
    """Why a group would like to meet another one."""

    purpose = forms.CharField(
        label=_("つないでほしいわけ"),
        help_text=_("相手の団体と担当の職員が読みます。例:子ども食堂で使う野菜について相談したいです。"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("つないでほしいわけを書いてください。"),
            "max_length": _("600文字までにしてください(いまは%(show_value)d文字です)。"),
        },
    )


class ConsentForm(forms.Form):
    """What the other side may know."""

    contact = forms.CharField(
        label=_("相手に伝える連絡先"),
        help_text=_("例:代表 ○○ 03-0000-0000。双方が同意したときだけ伝わります。"),
        max_length=200,
        error_messages={
            "required": _("相手に伝える連絡先を書いてください。"),
            "max_length": _("200文字までにしてください。"),
        },
    )


class FollowUpForm(forms.Form):
    """When the broker asks how it went."""

    day = forms.DateField(
        label=_("様子を聞く日"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("日にちを入力してください。"),
            "invalid": _("日にちを「2026-12-01」のように入力してください。"),
        },
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if (
            not timezone.localdate()
            <= day
            < timezone.localdate().replace(year=timezone.localdate().year + 2, day=1)
        ):
            raise ValidationError(_("今日から2年のあいだの日にちにしてください。"))
        return day


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=IntroductionOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("結果を選んでください。"),
            "invalid_choice": _("この中から1つ選んでください。"),
        },
    )
    note = forms.CharField(
        label=_("メモ"),
        help_text=_("個人の名前や事情は書かないでください。"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
