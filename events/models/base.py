"""What is drafted, reviewed and published: the same for events, reports and posts on the board."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from directory.models.base import PublicIdentity, Stamped


class Reviewed(
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
    """A text somebody drafts, the staff of the place reviews, the public reads."""

    hidden_on = models.DateField(_("公開を止めた日"), null=True, blank=True, editable=False)

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

    #: Fields that are no part of a version: of an older or newer version the latest stays.
    OUTSIDE_VERSIONS: ClassVar[tuple[str, ...]] = ("uuid", "code", "hidden_on")

    class Meta:
        abstract = True

    def with_content_json(self, content: Any) -> Self:
        version = super().with_content_json(content)
        for name in self.OUTSIDE_VERSIONS:
            setattr(version, name, getattr(self, name))
        return version
