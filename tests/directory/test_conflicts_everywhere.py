"""Every form of the register refuses to save over what its person has not seen; review, group and staff at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Organization, Resource
from directory.viewsets import RegisterGroup
from directory.viewsets.conflicts import ConflictMixin
from members.choices import StaffRole
from tests.directory.admin_editing import edit_url, opened, saved, staff_of
from tests.directory.admin_forms_data import inline
from tests.directory.review_world import changed_entry, reviewer
from tests.factories.directory import AudienceFactory, CategoryFactory, FeatureFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("viewset", RegisterGroup.items, ids=lambda viewset: viewset.model.__name__)
def test_every_form_of_the_register_checks_for_conflicts(viewset: Any) -> None:
    routes = {pattern.name for pattern in viewset().get_urlpatterns()}
    assert "edit" not in routes or issubclass(viewset.edit_view_class, ConflictMixin)


def test_organizations_are_not_overwritten_silently(district: Any) -> None:
    organization = OrganizationFactory(areas=[district])
    url = reverse("directory_organizations:edit", args=[organization.pk])
    first, second = staff_of(district), staff_of(district)
    marks = opened(second, url)
    data = {"areas": [district.pk], "legal_form": "informal", "status": "approved", "sns_links": ""}
    data |= inline("contacts", [])
    assert first.post(url, data | opened(first, url) | {"name": "一人め"}).status_code == 302
    response = second.post(url, data | marks | {"name": "二人め"})
    assert response.status_code == 409
    assert Organization.objects.get(pk=organization.pk).get_latest_revision_as_object().name == "一人め"


@pytest.mark.parametrize("name", ["categories", "audiences", "features"])
def test_shared_lists_are_not_overwritten_silently(district: Any, name: str) -> None:
    row = {"categories": CategoryFactory, "audiences": AudienceFactory, "features": FeatureFactory}[name]()
    url = reverse(f"directory_{name}:edit", args=[row.pk])
    curator = staff_of(district, StaffRole.CURATOR)
    mark = curator.get(url).context["loaded_version"]
    type(row).objects.filter(pk=row.pk).update(name="先に変えた名前")
    response = curator.post(url, {"name": "あとの名前", "loaded_version": mark})
    assert response.status_code in (200, 409)
    assert type(row).objects.get(pk=row.pk).name == "先に変えた名前"


def test_a_reviewer_does_not_approve_over_what_staff_saved_meanwhile(district: Any) -> None:
    entry, editor = changed_entry(district), staff_of(district)
    client = Client()
    client.force_login(reviewer(district))
    url = reverse("directory_review:resource", args=[entry.pk])
    seen = client.get(url).context["parts"][0].mark
    assert saved(entry, editor, opened(editor, edit_url(entry)), name="職員が直した名前").status_code == 302
    response = client.post(url, {"decision": "approve", "seen": seen})
    assert response.status_code == 409
    assert "職員が直した名前" in response.content.decode()
    assert Resource.objects.get(pk=entry.pk).name == "ひだまりサロン"


def test_staff_do_not_save_over_what_the_group_sent_meanwhile(district: Any) -> None:
    entry, editor = changed_entry(district), staff_of(district)
    marks = opened(editor, edit_url(entry))
    draft = Resource.objects.get(pk=entry.pk).get_latest_revision_as_object()
    draft.name = "団体が直した名前"
    draft.save_revision(user=entry.organization.members.get().user)
    response = saved(entry, editor, marks, name="職員が直した名前")
    assert response.status_code == 409
    assert "団体が直した名前" in response.content.decode()
    assert Resource.objects.get(pk=entry.pk).get_latest_revision_as_object().name == "団体が直した名前"


def test_approving_in_the_editor_is_the_same_decision(district: Any) -> None:
    """Wagtail's own button goes through the same door: the second click finds the review over."""
    entry = changed_entry(district)
    state = entry.current_workflow_task_state
    url = reverse("directory_resources:workflow_action", args=[entry.pk, "approve", state.pk])
    staff_of(district).post(url)
    assert Resource.objects.get(pk=entry.pk).summary == "毎週金曜に、お茶を飲みます。"
    client = Client()
    client.force_login(reviewer(district))
    late = client.post(
        reverse("directory_review:resource", args=[entry.pk]), {"decision": "approve", "seen": "x"}
    )
    assert late.status_code == 409
