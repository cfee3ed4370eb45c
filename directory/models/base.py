"""What every public object has: a UUID for machines, a short code for people and paper, a trace of who changed it,
versions of what it says."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

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


class Versioned(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    PublicIdentity,
    Stamped,
    ClusterableModel,
):
    """What somebody drafts, the staff of the place reviews, the public reads.

    A draft and a form hold the row as it was when they were begun. What services write meanwhile (a removal, a
    merge, a cancelled date) is neither in a version nor written back by saving an object read before.
    """

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    #: Fields (names of their attributes) that only services write, at once and by themselves with `update()`.
    WRITTEN_BY_SERVICES: ClassVar[tuple[str, ...]] = ()
    #: Fields of forms that are no part of a version: they count at once.
    OUTSIDE_VERSIONS: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def with_content_json(self, content: Any) -> Self:
        """An older or newer version of this row; of what is no part of a version the latest stays."""
        version = super().with_content_json(content)
        for name in ("uuid", "code", *self.WRITTEN_BY_SERVICES, *self.OUTSIDE_VERSIONS):
            setattr(version, name, getattr(self, name))
        return version

    def save_base(
        self,
        raw: bool = False,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Any = None,
    ) -> None:
        # Here and not in save(): there a list of fields would leave out the child relations of a cluster.
        if update_fields is None and self.WRITTEN_BY_SERVICES and not raw and not self._state.adding:
            update_fields = frozenset(
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.attname not in self.WRITTEN_BY_SERVICES
            )
        super().save_base(raw, force_insert, force_update, using, update_fields)
