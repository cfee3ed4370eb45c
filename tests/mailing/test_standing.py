"""Administrators see on their first screen that work stands still; nobody else, and nothing while all is well."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from background.models import DailyRun
from mailing.services import post
from members.choices import StaffRole
from tests.factories.areas import DistrictFactory

pytestmark = pytest.mark.django_db
STUCK = "10分より長く止まっています"


def first_screen(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def waiting_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "mailing.backend.OutboxBackend"
    post(
        to=["hana@example.jp"], subject="x", template="mailing/standing.html", context={}, cause="resource:1"
    )


def test_nothing_is_said_while_all_is_well(administrator_client: Client) -> None:
    assert STUCK not in first_screen(administrator_client)


def test_mail_that_waits_without_a_worker_is_told_to_administrators(
    administrator_client: Client, waiting_mail: None, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=20))
    assert STUCK in first_screen(administrator_client)


def test_a_failed_job_is_counted(administrator_client: Client) -> None:
    DailyRun.objects.create(job="dates", date=timezone.localdate(), last_error="ValueError")
    assert "うまくいかなかった作業が1件" in first_screen(administrator_client)


def test_other_staff_are_not_told(staff_client: Any) -> None:
    DailyRun.objects.create(job="dates", date=timezone.localdate(), last_error="ValueError")
    assert "うまくいかなかった作業" not in first_screen(staff_client(StaffRole.CURATOR, DistrictFactory()))
