"""What an organiser types: a sign-up for somebody who phones, a walk-in, the numbers by age, a message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from .choices import AgeBand, SignUpChannel
from .date_words import date_words
from .models import Attendance, Event, EventDate, EventMessage
from .services.attendance import MOST_PEOPLE
from .signup_form import SignUpForm
from .signup_opening import is_for_all_dates

_TOO_LONG = _l("%(limit_value)d文字までにしてください。")
_NUMBER = {
    "invalid": _l("数字で入力してください。"),
    "min_value": _l("%(limit_value)d以上の数にしてください。"),
    "max_value": _l("%(limit_value)d以下の数にしてください。"),
}
#: Messages an event sends a day: more is a mistake, or no organiser.
_MESSAGES_A_DAY = 5


def _people(label: Any, first: int | None = None, **more: Any) -> forms.IntegerField:
    errors = {"required": _l("人数を入力してください。")} | _NUMBER
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, initial=first, error_messages=errors, widget=widget, **more)


class TypedSignUpForm(SignUpForm):
    """As the public form asks it, but nothing besides the name is required, and the party may be larger."""

    date = forms.ChoiceField(
        label=_l("どの回ですか"),
        error_messages={
            "required": _l("回を選んでください。"),
            "invalid_choice": _l("この中から選んでください。"),
        },
    )
    channel = forms.ChoiceField(
        label=_l("どこで受けましたか"),
        choices=[(SignUpChannel.PHONE, _l("電話")), (SignUpChannel.DESK, _l("窓口・その場"))],
        initial=SignUpChannel.PHONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _l("どちらか選んでください。"),
            "invalid_choice": _l("どちらか選んでください。"),
        },
    )
    field_order = ["date", "name", "phone", "party_size", "email", "needs", "needs_note", "note", "channel"]

    def __init__(self, *args: Any, event: Event, dates: list[EventDate], **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        del self.fields["token"], self.fields["homepage"]
        self.fields["party_size"] = _people(_("何人で来ますか"), 1, min_value=1, max_value=MOST_PEOPLE)
        self.fields["phone"].help_text = _("中止のときに電話します。例:03-0000-0000")
        self.fields["email"].help_text = _("あれば。受付の確認が届きます。")
        if is_for_all_dates(event):
            del self.fields["date"]
        else:
            choices = [(str(row.uuid), date_words(event, row)) for row in dates]
            self.fields["date"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Neither mail nor telephone is required: the neighbour next door has signed up by word."""
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What was typed, as `services.signups.sign_up` takes it, but for the date."""
        return {name: value for name, value in self.cleaned_data.items() if name != "date"}


class WalkInForm(forms.Form):
    """Somebody stands at the door."""

    prefix = "walk"
    name = forms.CharField(
        label=_l("お名前"),
        help_text=_l("書かなくてもかまいません。"),
        max_length=60,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    party_size = _people(_l("人数"), 1, min_value=1, max_value=MOST_PEOPLE)
    beyond = forms.BooleanField(label=_l("席がなくても入れる(来なかった人の席など)"), required=False)


class AttendanceForm(forms.ModelForm):
    """How many came, by age. An empty field is nobody."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    class Meta:
        model = Attendance
        fields = [*AgeBand.values, "volunteers", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*AgeBand.values, "volunteers"):
            label = self.fields[name].label
            self.fields[name] = _people(label, 0, min_value=0, max_value=MOST_PEOPLE, required=False)
        self.fields["note"].help_text = _("例:雨。名前や体のことは書かないでください。")
        self.fields["note"].error_messages["max_length"] = _TOO_LONG

    def said(self) -> dict[str, Any]:
        """What was typed, as `services.attendance.record_attendance` takes it."""
        typed = self.cleaned_data
        return {
            "counts": {band: typed.get(band) or 0 for band in AgeBand.values},
            "volunteers": typed.get("volunteers") or 0,
            "note": typed["note"],
            "seen": typed["seen"],
        }


class MessageForm(forms.Form):
    """To whom, and what."""

    date = forms.ChoiceField(
        label=_l("だれに送りますか"),
        required=False,
        error_messages={"invalid_choice": _l("この中から選んでください。")},
    )
    subject = forms.CharField(
        label=_l("件名"),
        max_length=100,
        error_messages={"required": _l("件名を入力してください。"), "max_length": _TOO_LONG},
    )
    body = forms.CharField(
        label=_l("本文"),
        help_text=_l("2000文字まで。日時・場所・取消しの方法は、下に自動で付きます。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _l("本文を入力してください。"), "max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, event: Event, dates: list[EventDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.dates = event, {str(row.uuid): row for row in dates}
        choices = [("", _("これからの回に申し込んだ人ぜんぶ"))]
        choices += [
            (key, _("%(date)sの人") % {"date": date_words(event, row)}) for key, row in self.dates.items()
        ]
        self.fields["date"].choices = choices  # type: ignore[attr-defined]

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        sent = EventMessage.objects.filter(event=self.event, sent_at__date=timezone.localdate()).count()
        if sent >= _MESSAGES_A_DAY:
            words = _("お知らせは、1日に%(number)d回までです。あしたもう一度お願いします。")
            self.add_error(None, words % {"number": _MESSAGES_A_DAY})
        return said

    @property
    def chosen(self) -> EventDate | None:
        """The date it is about; None for all to come."""
        return self.dates.get(self.cleaned_data["date"])
