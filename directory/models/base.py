"""What every public object has: a UUID for machines, a short code for people and paper, a trace of who changed it."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Without 0/O, 1/I/L: a code is read from paper and over the phone.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 5


def new_code() -> str:
    """A random short code, e.g. "7K3QF" (28 million of them; collisions are tried again on save)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH))


class PublicIdentity(models.Model):
    """`uuid` for HSDS and feeds, `code` for URLs, QR and paper. Both never change."""

    uuid = models.UUIDField("UUID", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("番号"), max_length=8, unique=True, editable=False, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = self._free_code()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "code"}
        super().save(*args, **kwargs)

    @classmethod
    def _free_code(cls) -> str:
        while True:
            code = new_code()
            if not cls._default_manager.filter(code=code).exists():
                return code


class Stamped(models.Model):
    """When, and by whom, the row was made and last changed. `verified` is another thing: see `Verification`."""

    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新日時"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        abstract = True
