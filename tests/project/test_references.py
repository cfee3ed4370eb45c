"""Wagtail keeps an index of where things are used. What is about people has no place in it, and rows that come by the
thousand would pay for it with each save."""

from __future__ import annotations

from django.apps import apps
from wagtail.models import ReferenceIndex

OURS = {"areas", "members", "directory", "events", "search", "pages", "mailing", "background"}
#: What people ask of: "where is this photo, this place, this group used?"
CONTENT = {
    "areas.Area",
    "directory.Category",
    "directory.ImportSource",
    "directory.Organization",
    "directory.Photo",
    "directory.Resource",
    "directory.Venue",
    "directory.VerificationCampaign",
    "directory.Visit",
    "events.Card",
    "events.Event",
    "events.Opportunity",
    "events.Presentation",
    "events.Report",
    "pages.ArticlePage",
    "pages.HomePage",
    "pages.PolicyPage",
    "pages.SiteSettings",
}


def test_only_content_is_in_the_index_of_references() -> None:
    indexed = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and ReferenceIndex.model_is_indexable(model)
    }
    assert indexed == CONTENT, (
        "Content is named here; anything else says wagtail_reference_index_ignore = True."
    )
