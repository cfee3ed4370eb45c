from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content for development and tests. Not installed in production."""

    name = "demo"
