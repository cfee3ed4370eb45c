"""Posts on the board as search documents: those that are still wanted, without any contact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_delete
from django.urls import reverse
from django.utils import timezone

from directory.area_paths import area_paths
from directory.found_types import FoundType, register_found_type
from directory.models import Organization
from search.documents import SearchDocument
from search.registry import DocumentSource, registry

from .models import Opportunity
from .services.reindexing import OPPORTUNITY, reindex_opportunities
from .visibility import is_open


class OpportunitySource(DocumentSource):
    """Posts on the board, by uuid."""

    type = OPPORTUNITY
    label = "募集・できること"

    def queryset(self) -> QuerySet[Opportunity]:
        rows = Opportunity.objects.published().open_on(timezone.localdate())
        loaded = rows.select_related("organization", "district__parent__parent")
        return loaded.prefetch_related("categories", "areas_served__parent__parent")

    def get_id(self, obj: Opportunity) -> str:
        return str(obj.uuid)

    def filter_ids(self, queryset: QuerySet[Opportunity], ids: Collection[str]) -> QuerySet[Opportunity]:
        return queryset.filter(uuid__in=ids)

    def build(self, obj: Opportunity) -> SearchDocument | None:
        return opportunity_document(obj)

    def visible_ids(self, ids: Collection[str], user: Any) -> Collection[str]:
        return set(self.addresses(ids, user))

    def addresses(self, ids: Collection[str], user: Any) -> Mapping[str, str]:
        rows = Opportunity.objects.published().open_on(timezone.localdate()).filter(uuid__in=ids)
        return {
            str(uuid): reverse("events:opportunity", kwargs={"code": code})
            for uuid, code in rows.values_list("uuid", "code")
        }


def register() -> None:
    """Called once, when Django is ready."""
    registry.register_source(OpportunitySource())
    register_found_type(FoundType(OPPORTUNITY, "events:opportunity"))
    post_save.connect(_saved, sender=Opportunity, dispatch_uid="events-post-saved")
    pre_delete.connect(_saved, sender=Opportunity, dispatch_uid="events-post-goes")
    post_save.connect(_group_saved, sender=Organization, dispatch_uid="events-post-group-saved")


def opportunity_document(post: Opportunity) -> SearchDocument | None:
    """What the public may find of `post`; None for one that is not public, or not wanted any more."""
    if not is_open(post, timezone.localdate()):
        return None
    themes, served = list(post.categories.all()), list(post.areas_served.all())
    kind = f"{post.get_kind_display()}・{post.get_topic_display()}"
    where = [post.district.name, post.district.kana] if post.district is not None else []
    areas = [*area_paths(post.district), *(path for area in served for path in area_paths(area))]
    return SearchDocument(
        id=str(post.uuid),
        type=OPPORTUNITY,
        title=post.title,
        category=_joined([kind, *(theme.name for theme in themes)]),
        place=_joined([post.organization.name, post.organization.kana, *where]),
        body=_joined([post.code, post.body, post.when_text]),
        keywords={
            "code": (post.code,),
            "area": tuple(dict.fromkeys(areas)),
            "category": tuple(theme.code for theme in themes),
        },
        card={
            "code": post.code,
            "name": post.title,
            "kind": kind,
            "place": post.organization.name,
            "schedule": post.when_text,
            "summary": post.body[:80],
        },
    )


def _saved(sender: type[Opportunity], instance: Opportunity, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        reindex_opportunities(Opportunity.objects.filter(pk=instance.pk))


def _group_saved(sender: type[Organization], instance: Organization, **kwargs: Any) -> None:
    """Its name stands in what is found of its posts, and they are public with it."""
    if not kwargs.get("raw"):
        reindex_opportunities(Opportunity.objects.filter(organization=instance))


def _joined(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(word for word in words if word))
