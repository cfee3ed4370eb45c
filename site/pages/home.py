"""What the home page shows besides its editors' words. Each part is one function, so each can be read and tested alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the home template needs."""
    return {}
