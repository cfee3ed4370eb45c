"""Wiring of the list of mails into Wagtail's staff screens."""

from wagtail import hooks

from .viewsets import MailViewSet

hooks.register("register_admin_viewset", lambda: MailViewSet("mails"))
