"""What a group types when it answers an ask: what changed, or the code on a sheet of paper."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import MistakeForm
from .models.base import CODE_ALPHABET
from .services.asking import CODE_LENGTH

_CODE = re.compile(f"[{CODE_ALPHABET}]{{{CODE_LENGTH}}}", re.ASCII)


class ChangedForm(forms.Form):
    """「変わりました」: what, in one's own words. Staff put it into the entry."""

    field_group = forms.ChoiceField(
        label=_("どこが変わりましたか"),
        choices=MistakeForm.base_fields["field_group"].choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("どこが変わったか、1つ選んでください。"),
            "invalid_choice": _("この中から1つ選んでください。"),
        },
    )
    message = forms.CharField(
        label=_("どのように変わりましたか"),
        help_text=_("例:4月から、第2金曜日の10時からになりました。900文字まで。"),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("どのように変わったか、書いてください。"),
            "max_length": _("900文字までにしてください(いまは%(show_value)d文字です)。"),
        },
    )


class CodeForm(forms.Form):
    """The code on the sheet, typed as it comes: full-width, small letters, with or without the hyphen."""

    code = forms.CharField(
        label=_("確認の番号"),
        help_text=_("紙に書いてある8文字です。例:7K3Q-FABC"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("確認の番号を入れてください。")},
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    #: Hidden by the style sheet; what fills it is no person.
    homepage = forms.CharField(label=_("ここには何も書かないでください"), required=False)

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"]).upper()
        code = re.sub(r"[\s\-‐‑–—−ーｰ]", "", typed)
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("番号は8文字です。紙の番号をもう一度たしかめてください。"))
        return code

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(_("この欄は空のままにしてください。"))
        return ""


def code_in_two(code: str) -> str:
    """「7K3QFABC」 → 「7K3Q-FABC」, as it stands on paper."""
    return f"{code[:4]}-{code[4:]}"
