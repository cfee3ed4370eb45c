"""Entries and groups in the review."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from .models import Organization, Resource
from .review_cautions import cautions_of_entry, cautions_of_organization
from .review_fields import organization_fields, resource_fields
from .reviewed import ReviewedKind, register_reviewed
from .services.reindexing import reindex_organizations, reindex_resources


def missing_in_entry(draft: Any) -> str:
    """What must be there besides what the model asks."""
    if not draft.categories.all():
        return _("種類を選んでください。")
    if not draft.summary.strip():
        return _("ひとこと紹介を書いてください。")
    return ""


def register() -> None:
    """Called once, when Django is ready."""
    register_reviewed(
        ReviewedKind(
            model=Organization,
            new=_l("新しい団体"),
            changed=_l("団体の変更"),
            fields=organization_fields,
            cautions=cautions_of_organization,
            place="areas",
            follow=("name", "kana"),
            followed=reindex_organizations,
            namespace="directory_organizations",
        )
    )
    register_reviewed(
        ReviewedKind(
            model=Resource,
            new=_l("新しい登録"),
            changed=_l("登録の変更"),
            fields=resource_fields,
            cautions=cautions_of_entry,
            missing=missing_in_entry,
            follow=("name", "kana", "venue", "district"),
            followed=reindex_resources,
            namespace="directory_resources",
        )
    )
