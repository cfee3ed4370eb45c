"""What visitors type about an entry."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import FieldGroup

#: In the order of what is wrong most often.
_WHERE = [
    (FieldGroup.SCHEDULE, _("日時")),
    (FieldGroup.PLACE, _("場所")),
    (FieldGroup.CONTACT, _("電話などの連絡先")),
    (FieldGroup.CONTENT, _("内容・費用・対象など")),
    (FieldGroup.ALL, _("そのほか、またはわからない")),
]


class TrapForm(forms.Form):
    """What keeps machines out of a public form: `directory.form_protection`'s token, and a field only machines fill."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    #: Hidden by the style sheet; what fills it is no person.
    homepage = forms.CharField(label=_("ここには何も書かないでください"), required=False)

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("この欄は空のままにしてください。"))
        return ""


class MistakeForm(TrapForm):
    """「間違いを知らせる」. Nothing about the person is asked but, if they want an answer, where to."""

    required_css_class = "is-required"

    field_group = forms.ChoiceField(
        label=_("どこが違いますか"),
        choices=_WHERE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("どこが違うか、1つ選んでください。"),
            "invalid_choice": _("この中から1つ選んでください。"),
        },
    )
    message = forms.CharField(
        label=_("どのように違いますか"),
        help_text=_("例:金曜日ではなく木曜日です。1000文字まで。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("どのように違うか、書いてください。"),
            "max_length": _("1000文字までにしてください(いまは%(show_value)d文字です)。"),
        },
    )
    reply_to = forms.CharField(
        label=_("ご連絡先"),
        help_text=_(
            "お返事がいる方だけ、電話番号かメールアドレスを書いてください。お返事のほかには使いません。"
        ),
        max_length=120,
        required=False,
        error_messages={"max_length": _("120文字までにしてください。")},
    )
