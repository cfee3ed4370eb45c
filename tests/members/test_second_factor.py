"""Passkeys and authenticator apps, and who must have one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from members.choices import StaffRole
from members.second_factor import has_second_factor
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.members import PASSWORD, StaffAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

ADD_APP = "/account/2fa/totp/activate/"
ASK = "/account/2fa/authenticate/"


def app_code(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows; `steps` half minutes from now."""
    counter = next(totp.yield_hotp_counters_from_time()) + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.fixture
def staff():
    user = UserFactory(email="staff@example.jp", name="見本の職員")
    assign_staff(user=user, role=StaffRole.DISTRICT_STAFF, area=DistrictFactory())
    return user


def logged_in(user) -> Client:
    client = Client()
    client.post("/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def with_app(user) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def test_an_app_is_added_and_asked_for_at_the_next_login(staff) -> None:
    client = logged_in(staff)
    secret = client.get(ADD_APP).context["form"].secret
    assert client.post(ADD_APP, {"code": app_code(secret)}).url == "/account/2fa/recovery-codes/"
    assert "予備の番号" in client.get("/account/2fa/recovery-codes/").content.decode()
    again = Client()
    assert again.post("/login/", {"login": staff.email, "password": PASSWORD}).url == ASK
    assert "_auth_user_id" not in again.session
    assert "番号がちがいます" in again.post(ASK, {"code": "000000"}).content.decode()
    assert again.post(ASK, {"code": app_code(secret, 1)}).url == "/mypage/"


@pytest.mark.django_db(transaction=True)  # allauth tells of it after the commit
def test_adding_a_factor_ends_sessions_opened_without_it(staff) -> None:
    client, elsewhere = logged_in(staff), logged_in(staff)
    secret = client.get(ADD_APP).context["form"].secret
    client.post(ADD_APP, {"code": app_code(secret)})
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_same_app_code_works_only_once_even_in_two_processes(staff) -> None:
    secret = with_app(staff)
    code = app_code(secret)
    answers = []
    for _browser in range(2):
        client = Client()
        client.post("/login/", {"login": staff.email, "password": PASSWORD})
        answers.append(client.post(ASK, {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_recovery_code_logs_in_once(staff) -> None:
    with_app(staff)
    codes = Authenticator.objects.get(user=staff, type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]
    answers = []
    for _time in range(2):
        client = Client()
        client.post("/login/", {"login": staff.email, "password": PASSWORD})
        answers.append(client.post(ASK, {"code": code}).status_code)
    assert answers == [302, 200]


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/reports/site-history/", "/admin/api/main/pages/", "/admin/account/"]
)
def test_staff_without_second_factor_sets_one_up_before_any_screen(staff, client, settings, path) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    client.force_login(staff)
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/account/2fa/?next=%2Fadmin")
    assert "入る前に" in client.get(response.url).content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/account/", "/admin/api/main/pages/"])
def test_a_login_that_did_not_show_the_factor_opens_no_screen(staff, client, settings, path) -> None:
    """Whatever door let it in."""
    settings.MFA_REQUIRED_FOR_STAFF = True
    with_app(staff)
    client.force_login(staff)
    assert client.get(path).url.startswith("/login/?next=%2Fadmin")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor after the commit
def test_staff_enters_straight_after_setting_one_up(staff, settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    client = logged_in(staff)
    assert client.get("/admin/account/").url.startswith("/account/2fa/")
    secret = client.get(ADD_APP).context["form"].secret
    client.post(ADD_APP, {"code": app_code(secret)})
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    assert client.get("/admin/account/").status_code == 200


def test_staff_with_an_app_enters_after_showing_it(staff, client, settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    secret = with_app(staff)
    client.post("/login/", {"login": staff.email, "password": PASSWORD, "next": "/admin/account/"})
    assert client.post(ASK, {"code": app_code(secret)}).url == "/admin/account/"
    assert client.get("/admin/account/").status_code == 200


def test_a_passkey_counts_as_second_factor_and_recovery_codes_alone_do_not(staff, client, settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    client.force_login(staff)
    RecoveryCodes.activate(staff)
    assert client.get("/admin/").url.startswith("/account/2fa/")
    Authenticator.objects.create(user=staff, type=Authenticator.Type.WEBAUTHN, data={})
    assert has_second_factor(staff)


def test_residents_need_none(resident_client, settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    assert resident_client.get("/account/").status_code == 200


def test_staff_keeps_the_last_factor_where_it_is_required(staff, settings) -> None:
    settings.MFA_REQUIRED_FOR_STAFF = True
    client = logged_in(staff)
    secret = client.get(ADD_APP).context["form"].secret
    client.post(ADD_APP, {"code": app_code(secret)})
    client.post("/account/2fa/reauthenticate/", {"code": app_code(secret, 1)})
    answer = client.post("/account/2fa/totp/deactivate/").content.decode()
    assert "最後の一つを止められません" in answer
    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()


@pytest.mark.parametrize(
    "credential", ["", "{", "[]", "{}", "7", '{"id":"x","response":{}}', '{"response":"あ"}', "null"]
)
def test_nonsense_instead_of_a_passkey_is_refused_politely(staff, client, credential) -> None:
    assert client.post("/account/2fa/webauthn/login/", {"credential": credential}).url == "/account/login/"
    browser = logged_in(staff)
    browser.get("/account/2fa/webauthn/add/")
    assert browser.post("/account/2fa/webauthn/add/", {"credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_staff_screens_use_the_same_door(client, staff) -> None:
    assert client.get("/admin/").url == "/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/pages/").url == "/login/?next=/admin/pages/"
    assert client.post("/admin/login/", {"username": staff.email, "password": PASSWORD}).status_code in (
        302,
        405,
    )
    client.post("/_util/login/", {"username": staff.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/password_reset/").status_code == 404


def test_the_staff_screens_change_neither_password_nor_address(staff, client) -> None:
    client.force_login(staff)
    page = client.get("/admin/account/").content.decode()
    assert 'type="password"' not in page
    assert 'type="email"' not in page


def test_assignments_alone_do_not_open_a_screen_to_a_resident(client) -> None:
    client.force_login(StaffAssignmentFactory().user)  # no entry to the staff screens yet
    assert client.get("/admin/").status_code == 302
