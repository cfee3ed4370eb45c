"""Twenty at the same moment: one account, one confirmation, one assignment. On both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from members import invitations
from members.choices import StaffRole
from members.models import StaffAssignment, User
from members.services import assign_staff
from tests.directory.racing import _django_db_helper, at_once, shared_database  # noqa: F401
from tests.factories.areas import DistrictFactory
from tests.factories.members import UserFactory
from tests.members.mailed import code_for, last_mail_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]

MANY = 20


def press(client: Client, path: str, data: dict[str, Any]) -> Any:
    """What pressing the button answers: an address to go on to, or a status."""

    def act() -> Any:
        response = client.post(path, data)
        return response.headers.get("Location", response.status_code)

    return act


def test_one_address_signed_up_twenty_times_at_once_becomes_one_account(settings) -> None:
    settings.PROXIES_IN_FRONT = 1
    browsers = [Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}") for number in range(MANY)]
    data = {"email": "hana@example.jp", "name": "はな"}
    answers = at_once(*(press(browser, "/account/signup/", data) for browser in browsers))
    assert User.objects.filter(email="hana@example.jp").count() == 1
    assert User.objects.get(email="hana@example.jp").emailaddress_set.count() == 1
    # Everybody is asked for the code, or told to wait a moment; nobody sees a broken page.
    assert set(answers) <= {"/account/confirm/", 429}
    assert "/account/confirm/" in answers


def test_a_code_confirmed_twice_at_once_confirms_once() -> None:
    browser = Client()
    browser.post("/account/signup/", {"email": "hana@example.jp"})
    code = code_for("hana@example.jp")
    twins = [Client() for _number in range(2)]
    for twin in twins:
        twin.cookies = browser.cookies.copy()
    answers = at_once(*(press(twin, "/account/confirm/", {"code": code}) for twin in twins))
    assert "/mypage/" in answers
    assert all(isinstance(answer, str) for answer in answers), answers
    addresses = User.objects.get(email="hana@example.jp").emailaddress_set.all()
    assert [address.verified for address in addresses] == [True]


def test_a_login_code_used_twice_at_once_breaks_nothing() -> None:
    user = UserFactory(email="hito@example.jp")
    browser = Client()
    browser.post("/login/", {"login": user.email})
    code = code_for(user.email)
    twins = [Client() for _number in range(2)]
    for twin in twins:
        twin.cookies = browser.cookies.copy()
    answers = at_once(*(press(twin, "/login/code/", {"code": code}) for twin in twins))
    assert "/mypage/" in answers
    assert all(isinstance(answer, str) for answer in answers), answers
    assert Client().post("/login/code/", {"code": code})["Location"] == "/account/login/code/"


def test_an_invitation_accepted_many_times_at_once_becomes_one_assignment() -> None:
    district = DistrictFactory()
    leader = UserFactory()
    assign_staff(user=leader, role=StaffRole.CURATOR, area=district)
    invitations.invite(email="atarashii@example.jp", role=StaffRole.CSW, area=district, by=leader)
    link = next(
        word for word in last_mail_to("atarashii@example.jp").split() if "/invitation/" in word
    ).partition("8000")[2]
    presses = [press(Client(), link, {"name": f"新しい人{number}"}) for number in range(8)]
    answers = at_once(*presses)
    assert answers.count("/admin/") == 1, answers
    assert set(answers) <= {"/admin/", 404, f"/login/?next={link}"}
    assert User.objects.filter(email="atarashii@example.jp").count() == 1
    assert StaffAssignment.objects.filter(area=district, role=StaffRole.CSW).count() == 1
