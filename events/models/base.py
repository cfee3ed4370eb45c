"""What is drafted, reviewed and published: the same for events, reports and posts on the board."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.base import Versioned


class Reviewed(Versioned):
    """A text that may be taken off the public pages at once, whatever its versions say."""

    hidden_on = models.DateField(_("公開を止めた日"), null=True, blank=True, editable=False)

    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = ("hidden_on",)

    class Meta:
        abstract = True
