"""What a site gets when its review is set up: our workflow, and not the English one Wagtail ships."""

from __future__ import annotations

import pytest
from wagtail.models import Task, Workflow

from directory.services.review import TASK_NAME, WORKFLOW_NAME, ensure_workflow
from tests.factories.directory import ResourceFactory

pytestmark = pytest.mark.django_db


def test_only_our_workflow_is_left() -> None:
    assert Workflow.objects.filter(name="Moderators approval").exists()  # Wagtail's migrations made it
    for _time in range(2):
        ensure_workflow()
        assert set(Workflow.objects.values_list("name", flat=True)) == {WORKFLOW_NAME}
        assert set(Task.objects.values_list("name", flat=True)) == {TASK_NAME}


def test_a_shipped_workflow_that_was_used_stays() -> None:
    entry = ResourceFactory()
    entry.save_revision()
    Workflow.objects.get(name="Moderators approval").start(entry, None)
    ensure_workflow()
    assert Workflow.objects.filter(name="Moderators approval").exists()
    assert Task.objects.filter(name="Moderators approval").exists()
