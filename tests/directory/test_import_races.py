"""Two people with one import at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from directory.choices import ImportState
from directory.models import ImportRun, Resource
from directory.services.import_applying import apply_run, claim_run
from directory.services.vocabulary import load_vocabulary
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.racing import _django_db_helper, at_once, shared_database
from tests.directory.test_import_screens import read
from tests.factories.areas import MunicipalityFactory
from tests.factories.members import UserFactory

__all__ = ["_django_db_helper", "shared_database"]

pytestmark = pytest.mark.django_db


def test_two_who_press_apply_at_once_start_one_import_and_two_workers_take_each_row_in_once(
    shared_database: None, settings: Any, tmp_path: Any
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    load_vocabulary()
    town, clients = MunicipalityFactory(), []
    for _number in range(2):
        clients.append(Client())
        clients[-1].force_login(assign_staff(user=UserFactory(), role=StaffRole.CURATOR, area=town).user)
    run = read(clients[0], town)
    lines = [row.line for row in run.rows.all()]
    url = reverse("directory_imports:apply", args=[run.pk])

    def press(client: Client) -> Any:
        return lambda: client.post(url, {"start": "1", "shown": lines, "row": lines}).status_code

    assert at_once(*map(press, clients)) == [302, 302]
    assert DBTaskResult.objects.count() == 1
    assert at_once(lambda: apply_run(run.pk), lambda: apply_run(run.pk)) == [None, None]
    assert sorted(Resource.objects.values_list("name", flat=True)) == ["こもれび", "ひだまり"]
    assert ImportRun.objects.get().state == ImportState.APPLIED
    assert not claim_run(run, user=None)
