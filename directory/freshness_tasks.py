"""Work on the freshness of the register that takes longer than a request."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django_tasks import task
from wagtail.signals import published

from .models import Category, FreshnessPolicy, Resource
from .services.campaigns import prepare
from .services.freshness_dates import refresh_all, refresh_days


@task(backend="background")
def refresh_days_of_all() -> int:
    """After a change of a policy or of a kind. Running it again changes nothing."""
    return refresh_all()


@task(backend="background")
def prepare_campaign(campaign: int) -> int:
    """Ask about every entry of a campaign. A task killed half-way goes on where it was."""
    return prepare(campaign)


def on_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """An entry that was just published gets its days: from now on it is waited for."""
    if isinstance(instance, Resource):
        refresh_days(Resource.objects.filter(pk=instance.pk))


def on_policy_saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The rhythm of a municipality or of a kind may have changed. One taken away from a kind is seen next morning."""
    if not raw and instance.ask_after:
        refresh_days_of_all.enqueue()


def connect() -> None:
    """Begin to listen. Called once, when Django is ready."""
    published.connect(on_published, dispatch_uid="directory-freshness-on-published")
    for model in (FreshnessPolicy, Category):
        post_save.connect(on_policy_saved, sender=model, dispatch_uid=f"directory-freshness-{model.__name__}")
