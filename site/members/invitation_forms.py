"""Inviting a colleague, accepting, and absences. Choices show only what may be granted; the server checks again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from .choices import StaffRole
from .mail_address import MailAddressField
from .models import StaffAssignment, StaffInvitation, Substitution, User
from .permissions import grantable_roles, granting_scope, may_grant


def place_label(area: Area) -> str:
    """「烏山地域 烏山地区」: the name of a district alone may exist twice."""
    return f"{area.parent} {area}" if area.parent else str(area)


def grantable_areas(user: Any) -> QuerySet:
    """The places for which `user` may give some role."""
    areas = Area.objects.select_related("parent").in_order()
    scopes = [granting_scope(user, role) for role in grantable_roles(user)]
    if any(scope.is_everywhere for scope in scopes if scope):
        return areas
    return areas.filter(pk__in=frozenset().union(*(scope.area_ids for scope in scopes if scope)))


class InvitationForm(forms.ModelForm):
    """Whom, as what, where."""

    class Meta:
        model = StaffInvitation
        fields = ["email", "role", "area"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["email"] = MailAddressField().formfield(label=_("招待する人のメールアドレス"))
        role: Any = self.fields["role"]
        role.choices = [(each.value, each.label) for each in reversed(grantable_roles(by))]
        role.initial = StaffRole.DISTRICT_STAFF
        area: Any = self.fields["area"]
        area.queryset = grantable_areas(by)
        area.label_from_instance = place_label

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role, area = cleaned.get("role"), cleaned.get("area")
        if role and area and not may_grant(self.by, role, area):
            raise ValidationError(
                _("この役割を、この場所で渡すことはできません。ご自分の役割と担当の中から選んでください。")
            )
        return cleaned


class AcceptForm(forms.Form):
    """What a new colleague wants to be called."""

    name = forms.CharField(
        label=_("お名前"),
        max_length=60,
        help_text=_("仕事の画面で、ほかの職員に見えます。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SubstitutionForm(forms.ModelForm):
    """Who stands in for which assignment, from when to when."""

    class Meta:
        model = Substitution
        fields = ["assignment", "substitute", "first_day", "last_day"]
        labels = {"assignment": _("だれの、どの担当")}
        widgets = {
            "first_day": forms.DateInput(attrs={"type": "date"}),
            "last_day": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assignment: Any = self.fields["assignment"]
        assignment.queryset = assignments_to_hand_over(by)
        substitute: Any = self.fields["substitute"]
        substitute.queryset = colleagues_of(by)
        for day in ("first_day", "last_day"):
            self.fields[day].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("おわりの日は、はじめの日かそのあとにしてください。"))
        if last and last < timezone.localdate():
            self.add_error("last_day", _("もう過ぎた日です。"))
        assignment = cleaned.get("assignment")
        if assignment and cleaned.get("substitute") == assignment.user:
            self.add_error("substitute", _("ご本人とは別の人を選んでください。"))
        return cleaned


def assignments_to_hand_over(by: Any) -> QuerySet:
    """One's own, and those one may grant."""
    allowed = Q(user=by)
    for role in grantable_roles(by):
        scope: Any = granting_scope(by, role)
        allowed |= Q(role=role) if scope.is_everywhere else Q(role=role, area__in=scope.area_ids)
    return (
        StaffAssignment.objects.filter(allowed, user__is_active=True)
        .select_related("user", "area")
        .order_by("user__name")
    )


def colleagues_of(by: Any) -> QuerySet:
    """Active staff of the same municipality; nobody else can stand in."""
    own = {row.area.municipality.pk for row in by.assignments.select_related("area__parent__parent")}
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("name", "email")
    if by.is_superuser or not own:
        return staff
    inside = Q(assignments__area__in=own)
    inside |= Q(assignments__area__parent__in=own) | Q(assignments__area__parent__parent__in=own)
    return staff.filter(inside).distinct()
