"""Forms for accounts in the staff screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from .invitation_forms import place_label
from .models import StaffAssignment, User
from .permissions import may_grant
from .services import sync_staff_groups
from .sessions import end_all_sessions


class AssignmentForm(forms.ModelForm):
    """One role in one place. Nobody gives a role above the own one, nor outside the own places."""

    class Meta:
        model = StaffAssignment
        fields = ["role", "area"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        area: Any = self.fields["area"]
        area.queryset = Area.objects.select_related("parent").in_order()
        area.label_from_instance = place_label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role, area = cleaned.get("role"), cleaned.get("area")
        if role and area and self.has_changed() and not may_grant(self.by, role, area):
            raise ValidationError(
                _("この役割を、この場所で渡すことはできません。ご自分の役割と担当の中から選んでください。")
            )
        return cleaned


class _AssignmentFormSet(forms.BaseInlineFormSet):
    """Roles of somebody above oneself are not taken away either."""

    def clean(self) -> None:
        super().clean()
        by = self.form_kwargs["by"]
        for form in self.initial_forms:
            before = StaffAssignment.objects.select_related("area").get(pk=form.instance.pk)
            touched = form in self.deleted_forms or form.has_changed()
            if touched and not may_grant(by, before.role, before.area):
                raise ValidationError(_("ご自分より上の役割や、担当の外の役割は変えられません。"))


AssignmentFormSet = forms.inlineformset_factory(
    User, StaffAssignment, form=AssignmentForm, formset=_AssignmentFormSet, extra=2, max_num=20
)


class UserForm(forms.ModelForm):
    """An account with its roles. The name is what the person wants to be called."""

    required_css_class = "required"
    password1 = forms.CharField(
        label=_("パスワード"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("空のままにすると変わりません。"),
    )
    password2 = forms.CharField(
        label=_("パスワード(もう一度)"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["email", "name", "is_active"]

    def __init__(self, *args: Any, by: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_active, self.old_email = self.instance.is_active, self.instance.email
        if editing_self:
            del self.fields["is_active"]  # nobody locks themselves out
        self.assignments = AssignmentFormSet(
            self.data if self.is_bound else None,
            instance=self.instance,
            prefix="assignments",
            form_kwargs={"by": by},
        )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("このメールアドレスの利用者は、すでに登録されています。"))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first != second:
            self.add_error("password2", _("2つのパスワードが違います。"))
        elif first:
            self._validate(first)
        return cleaned

    def _validate(self, password: str) -> None:
        try:
            validate_password(password, user=self.instance)
        except ValidationError as error:
            self.add_error("password1", error)

    def is_valid(self) -> bool:
        return super().is_valid() and self.assignments.is_valid()

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        user = super().save(commit=False)
        if self.cleaned_data.get("password1"):
            user.set_password(self.cleaned_data["password1"])
        user.save()
        self._follow_address_and_state(user)
        self.assignments.instance = user
        self.assignments.save()
        sync_staff_groups(user)
        return user

    def _follow_address_and_state(self, user: User) -> None:
        """A new address must be proven by its owner at the next login; whoever is stopped is out everywhere."""
        if user.email != self.old_email:
            user.emailaddress_set.all().delete()
            user.emailaddress_set.create(email=user.email, verified=False, primary=True)
        if self.was_active and not user.is_active:
            end_all_sessions(user)


class UserCreationForm(UserForm):
    """A new account, with a first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_validators_help_text_html()
        for name in ("password1", "password2"):
            self.fields[name].required = True
