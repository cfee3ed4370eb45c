"""What is asked of somebody who signs up: a name (a nickname will do), one way to reach them, how many come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.forms import TrapForm
from directory.phone_numbers import normalize_phone

from .choices import Need
from .models import Event, SignUp

_TOO_LONG = _l("%(limit_value)d文字までにしてください。")


class SignUpForm(TrapForm):
    """`needs` is there only where the organiser asks; the size of the party only where there may be one."""

    required_css_class = "is-required"

    name = forms.CharField(
        label=_l("お名前"),
        help_text=_l("ニックネームでもかまいません。受付で呼ぶ名前です。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _l("お名前を入力してください。ニックネームでもかまいません。"),
            "max_length": _TOO_LONG,
        },
    )
    email = forms.EmailField(
        label=_l("メール"),
        help_text=_l("受付の確認、前の日のお知らせ、中止などの連絡が届きます。例:hana@example.jp"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _l("メールアドレスの形を確かめてください。例:hana@example.jp")},
    )
    phone = forms.CharField(
        label=_l("電話"),
        help_text=_l("メールがない方は、電話番号を入力してください。例:03-0000-0000"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"max_length": _l("電話番号を確かめてください。")},
    )
    party_size = forms.TypedChoiceField(
        label=_l("何人で来ますか"),
        coerce=int,
        error_messages={"invalid_choice": _l("この中から人数を選んでください。")},
    )
    needs = forms.MultipleChoiceField(
        label=_l("必要なこと"),
        help_text=_l("あてはまるものを選んでください。主催者が準備するためだけに使います。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_note = forms.CharField(
        label=_l("必要なことの補足"),
        help_text=_l("例:卵のアレルギーがあります。"),
        max_length=200,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    note = forms.CharField(
        label=_l("主催者へのひとこと"),
        max_length=200,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(need, label) for need, label in Need.choices if need in event.needs_asked]
        self.fields["needs"].choices = asked  # type: ignore[attr-defined]
        if not asked:
            del self.fields["needs"], self.fields["needs_note"]
        if event.max_party == 1:
            del self.fields["party_size"]
        else:
            self.fields["party_size"].choices = _sizes(event.max_party)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        phone = normalize_phone(typed) if typed else ""
        if phone and sum(letter.isdigit() for letter in phone) < 9:
            raise forms.ValidationError(_("電話番号を、市外局番から入力してください。例:03-0000-0000"))
        return phone[:20]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        # What is wrong with one of the two is said there already.
        if not (said.get("email") or said.get("phone") or {"email", "phone"} & set(self.errors)):
            self.add_error("email", _("メールか電話の、どちらかを入力してください。"))
        return said

    def answers(self) -> dict[str, Any]:
        """What was typed, as `services.signups.sign_up` takes it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "homepage")}
        return {"party_size": 1} | kept

    def in_words(self) -> list[tuple[str, str]]:
        """(label, what was typed) for a last look; what was left empty is left out."""
        words = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and name not in ("token", "homepage"):
                words.append((str(field.label), self._words(name, value)))
        return words

    def _words(self, name: str, value: Any) -> str:
        if name == "needs":
            return _("、").join(str(Need(need).label) for need in value)
        return _("%(number)d人") % {"number": value} if name == "party_size" else str(value)


class PartySizeForm(forms.Form):
    """How many come, changed on one's own page. A party staff took in may be larger than the form allows."""

    party_size = forms.TypedChoiceField(
        label=_l("何人で来ますか"),
        coerce=int,
        error_messages={"invalid_choice": _l("この中から人数を選んでください。")},
    )

    def __init__(self, *args: Any, signup: SignUp, **kwargs: Any) -> None:
        kwargs["initial"] = {"party_size": signup.party_size}
        super().__init__(*args, **kwargs)
        most = max(signup.event.max_party, signup.party_size)
        self.fields["party_size"].choices = _sizes(most)  # type: ignore[attr-defined]


def _sizes(most: int) -> list[tuple[int, str]]:
    return [(size, _("%(number)d人") % {"number": size}) for size in range(1, most + 1)]
