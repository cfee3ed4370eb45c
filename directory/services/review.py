"""The review before publication, and what staff need besides: called when a site is set up, safe to call again."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from members.services import EDITOR_GROUP, REVIEWER_GROUP, ensure_staff_groups

from ..reviewed import reviewed_kinds

WORKFLOW_NAME = "掲載の審査"
TASK_NAME = "地区の担当者が確かめる"
#: Wagtail's migrations put a workflow for pages into every database, in English. Nobody asked for it.
_SHIPPED = "Moderators approval"


@transaction.atomic
def ensure_workflow() -> Workflow:
    """The workflow 「掲載の審査」 for all that is reviewed; who may act is limited to the own places by the gate."""
    groups = ensure_staff_groups()
    workflow, _new = Workflow.objects.get_or_create(name=WORKFLOW_NAME, defaults={"active": True})
    task, _new = GroupApprovalTask.objects.get_or_create(name=TASK_NAME, defaults={"active": True})
    task.groups.add(groups[REVIEWER_GROUP])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    for kind in reviewed_kinds():
        content_type = ContentType.objects.get_for_model(kind.model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
    _let_editors_add_photos(groups)
    _remove_shipped_workflow()
    return workflow


def _remove_shipped_workflow() -> None:
    """Unless somebody put it to use: then it stays, with what was done in it."""
    unused = Workflow.objects.filter(name=_SHIPPED, workflow_states__isnull=True)
    unused.exclude(workflow_content_types__isnull=False).delete()
    tasks = GroupApprovalTask.objects.filter(name=_SHIPPED, task_states__isnull=True)
    for task in tasks.filter(workflow_tasks__isnull=True):
        task.delete()


def _let_editors_add_photos(groups: dict) -> None:
    """Whoever writes entries adds photos, and changes the own ones."""
    root = Collection.get_first_root_node()
    # Wagtail asks the permissions of its own image model, whatever model the photos have.
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=["add_image", "choose_image"]
    )
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=groups[EDITOR_GROUP], collection=root, permission=permission
        )
