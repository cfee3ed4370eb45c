"""What a person says about themselves: where they live, how to be reached."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .choices import ContactMeans
from .models import User

#: What has to be typed to delete an account.
CONFIRMATION = "削除"


class AddressForm(forms.Form):
    """An address or a postal code, to find the district. It is looked up and not kept."""

    address = forms.CharField(
        label=_("郵便番号か住所"),
        max_length=200,
        help_text=_("例:157-0062、南烏山6-12。地区をさがすためだけに使い、保存しません。"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": _("郵便番号か住所を入力してください。")},
    )


class ContactForm(forms.ModelForm):
    """What to be called, and how to be reached. Number and address are kept only for whoever chose that way."""

    class Meta:
        model = User
        fields = ["name", "contact_means", "phone", "postal_address"]
        help_texts = {"name": _("呼ばれたい名前で。本名でなくてもかまいません。")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "contact_means": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "postal_address": forms.TextInput(attrs={"autocomplete": "street-address"}),
        }

    def clean_phone(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["phone"]).strip()
        digits = [char for char in typed if char.isdigit()]
        if typed and not (9 <= len(digits) <= 13 and set(typed) <= set("0123456789-+() ")):
            raise ValidationError(_("電話番号は「03-0000-0000」のように入力してください。"))
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        means = cleaned.get("contact_means")
        if means == ContactMeans.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("電話での連絡を選んだときは、電話番号を入力してください。"))
        if means == ContactMeans.LETTER and not cleaned.get("postal_address"):
            self.add_error("postal_address", _("手紙での連絡を選んだときは、送り先を入力してください。"))
        if means != ContactMeans.PHONE:
            cleaned["phone"] = ""
        if means != ContactMeans.LETTER:
            cleaned["postal_address"] = ""
        return cleaned


class DeletionForm(forms.Form):
    """The typed word, and that the consequences were read where there are any."""

    confirmation = forms.CharField(
        label=_("確認のことば"),
        max_length=20,
        help_text=_("よろしければ「削除」と入力してください。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("「削除」と入力してください。")},
    )
    understood = forms.BooleanField(
        label=_("上の「先にしておくこと」を読みました。このまま進めます。"),
        error_messages={"required": _("「先にしておくこと」を読んで、チェックを入れてください。")},
    )

    def __init__(self, *args: Any, has_consequences: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_consequences:
            del self.fields["understood"]

    def clean_confirmation(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["confirmation"]).strip("「」『』 \u3000。")
        if typed not in (CONFIRMATION, f"{CONFIRMATION}する", "さくじょ"):
            raise ValidationError(_("「削除」と入力してください。"))
        return typed
