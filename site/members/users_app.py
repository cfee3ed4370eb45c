"""Wagtail's user screens with our own user model: settings name this instead of `wagtail.users`."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersAppConfig(WagtailUsersAppConfig):
    """Accounts and groups are for those who administer the system."""

    user_viewset = "members.viewsets.UserViewSet"

    def ready(self) -> None:
        # Models can be imported only now.
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from .models import RegistrationTarget, User
        from .permissions import AdministratorsOnly

        register_permission_policy(User, AdministratorsOnly(User))
        register_permission_policy(Group, AdministratorsOnly(Group))
        register_permission_policy(RegistrationTarget, AdministratorsOnly(RegistrationTarget))
