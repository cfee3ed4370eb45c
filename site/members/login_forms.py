"""What a person types to log in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(AuthenticationForm):
    """E-mail address and password, in words people know. The answer never says which of the two was wrong."""

    username = forms.EmailField(
        label=_("メールアドレス"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "maxlength": 254}),
    )
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "メールアドレスかパスワードがちがいます。大文字と小文字の違いもお確かめください。"
        ),
        "inactive": _("メールアドレスかパスワードがちがいます。大文字と小文字の違いもお確かめください。"),
    }

    def clean_username(self) -> str:
        return self.cleaned_data["username"].lower()


class StaffLoginForm(WagtailLoginForm):
    """The login of the staff screens: Wagtail makes its labels from the names of the fields, in English."""

    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(label=_("ログインしたままにする"), required=False)
    error_messages = LoginForm.error_messages
