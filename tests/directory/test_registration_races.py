"""The same registration sent many times at one moment."""

from __future__ import annotations

import pytest
from django.test import Client

from areas.services import load_places
from directory.models import Category, Consent, Organization, Registration, Resource
from directory.services.registration_owners import mine_path
from directory.services.registrations import begin
from directory.services.review import ensure_workflow
from directory.services.vocabulary import load_vocabulary
from tests.factories.directory import OrganizationFactory
from tests.factories.registrations import REACH, WHAT, WHO, RegistrationFactory

from .racing import _django_db_helper, at_once, shared_database  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def test_twenty_presses_at_once_make_one_group() -> None:
    load_places()
    load_vocabulary()
    ensure_workflow()
    secret = begin(number="one")
    browser = Client()
    kind = Category.objects.get(code="salon").pk
    for number, said in ((1, WHO), (2, WHAT | {"category": kind}), (3, REACH)):
        assert browser.post(f"/join/{secret}/{number}/", said).status_code == 302
    answers = at_once(*[lambda: Client().post(f"/join/{secret}/check/").status_code] * 20)
    assert answers == [302] * 20
    assert Organization.objects.count() == Resource.objects.count() == Consent.objects.count() == 1


def test_the_start_pressed_twenty_times_at_once_is_one_registration() -> None:
    assert len(set(at_once(*[lambda: begin(number="one")] * 20))) == 1
    assert Registration.objects.count() == 1


def test_the_button_in_the_mail_pressed_ten_times_at_once_makes_one_account() -> None:
    group = OrganizationFactory()
    row = RegistrationFactory(email="nakayoshi@example.jp", organization=group, answers={"reach": REACH})
    link = mine_path(row)
    answers = at_once(*[lambda: Client().post(link).status_code] * 10)
    assert answers == [302] * 10
    assert [member.user.email for member in group.members.all()] == ["nakayoshi@example.jp"]
