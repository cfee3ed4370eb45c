"""Accounts in Wagtail's staff screens. Users are known by e-mail address; there is no user name."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.views.users import CreateView, EditView, IndexView, UserColumn
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .account_forms import UserCreationForm, UserForm
from .choices import StaffRole
from .models import User


class UserFilterSet(WagtailFilterSet):
    """By role, and whether the account may be used."""

    role = django_filters.ChoiceFilter(
        label=_("役割"), field_name="assignments__role", choices=StaffRole.choices, distinct=True
    )

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = User
        fields = ["is_active"]


class UserIndexView(IndexView):
    """Name, address, roles, last login."""

    add_item_label = _("利用者を追加")

    @cached_property
    def columns(self) -> list[Column]:
        column = self._get_title_column_class(UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            column(
                "name",
                accessor="get_full_name",
                label=_("お名前"),
                get_url=self.get_edit_url,
                classname="name",
                sort_key="name",
            ),
            Column("email", label=_("メールアドレス"), sort_key="email"),
            Column("roles", label=_("役割"), accessor=_roles_of),
            Column("is_active", label=_("有効"), accessor=_activity, sort_key="is_active"),
            DateColumn("last_login", label=_("最後のログイン"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("assignments__area")

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


def _activity(user: User) -> str:
    return str(_("はい") if user.is_active else _("止めています"))


def _roles_of(user: User) -> str:
    if user.is_superuser:
        return str(StaffRole.ADMINISTRATOR.label)
    return "、".join(f"{item.area} {item.get_role_display()}" for item in user.assignments.all())


class _GrantedBy:
    """Tells the form who gives the roles."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]


class UserCreateView(_GrantedBy, CreateView):
    """A new account."""


class UserEditView(_GrantedBy, EditView):
    """Whoever is no superuser leaves superusers alone: a new password would be a promotion."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(WagtailUserViewSet):
    """Registered by `members.users_app.UsersAppConfig`."""

    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    filterset_class = UserFilterSet
    copy_view_enabled = False
    menu_label = _("利用者と役割")
    template_prefix = "members/admin/users/"

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        return UserForm if for_update else UserCreationForm
