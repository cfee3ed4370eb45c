"""One's own page, the home district, the ways to be reached."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from members.models import User
from members.registry import MyPageSection, my_page_sections, register_section
from members.resident_views import WELCOME_KEY
from tests.factories.areas import DistrictFactory
from tests.factories.members import StaffAssignmentFactory

pytestmark = pytest.mark.django_db


def test_the_own_page_needs_a_login_and_is_kept_nowhere(client: Client, resident_client: Client) -> None:
    assert client.get("/mypage/")["Location"] == "/login/?next=/mypage/"
    answer = resident_client.get("/mypage/")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_every_registered_part_is_shown_in_order_and_may_stay_away(
    resident_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.registry._sections", {})
    links = "members/my/_settings.html"
    register_section(MyPageSection("b", 2, links, lambda user: {"means": "あとの部分"}))
    register_section(MyPageSection("a", 1, links, lambda user: {"means": "先の部分"}))
    register_section(MyPageSection("c", 3, links, lambda user: None))
    html = resident_client.get("/mypage/").content.decode()
    assert html.index("先の部分") < html.index("あとの部分")
    assert html.count('id="my-settings"') == 2
    assert [section.key for section in my_page_sections()] == ["a", "b", "c"]


def test_staff_see_their_places(client_of: Any) -> None:
    assignment = StaffAssignmentFactory()
    html = client_of(assignment.user).get("/mypage/").content.decode()
    assert assignment.area.name in html
    assert assignment.get_role_display() in html


def test_after_sign_up_the_home_is_asked_once(resident_client: Client) -> None:
    session = resident_client.session
    session[WELCOME_KEY] = True
    session.save()
    answer = resident_client.get("/mypage/")
    assert answer["Location"] == "/mypage/home/?welcome=1"
    assert "あとで登録する" in resident_client.get(answer["Location"]).content.decode()
    assert resident_client.get("/mypage/").status_code == 200


def test_an_address_shows_its_district_and_sets_nothing(
    real_places: None, resident: User, resident_client: Client
) -> None:
    html = resident_client.post("/mypage/home/", {"address": "南烏山6丁目"}).content.decode()
    assert "この地区でよいですか" in html
    assert 'value="setagaya/karasuyama/karasuyama"' in html
    resident.refresh_from_db()
    assert resident.home_district is None


def test_an_address_in_several_districts_leaves_the_choice(
    real_places: None, resident_client: Client
) -> None:
    html = resident_client.post("/mypage/home/", {"address": "世田谷区池尻4丁目"}).content.decode()
    assert "どの地区ですか" in html
    assert html.count('name="district" value="setagaya/') >= 2


@pytest.mark.parametrize("typed", ["", "大阪市北区", "a" * 300, "\x00", "0" * 200])
def test_an_address_we_do_not_know_is_said_and_kept(
    real_places: None, resident_client: Client, typed: str
) -> None:
    answer = resident_client.post("/mypage/home/", {"address": typed})
    assert answer.status_code == 422
    assert "もう一度ご確認ください" in answer.content.decode()
    assert typed.replace("\x00", "") in answer.content.decode()


def test_a_district_of_the_list_becomes_the_home(
    real_places: None, resident: User, resident_client: Client
) -> None:
    answer = resident_client.post(
        "/mypage/home/", {"district": "setagaya/karasuyama/karasuyama"}, follow=True
    )
    assert "お住まいの地区を烏山地区にしました。" in answer.content.decode()
    assert resident.residencies.get().district.slug == "karasuyama"


def test_living_elsewhere_ends_the_home(real_places: None, resident: User, resident_client: Client) -> None:
    resident_client.post("/mypage/home/", {"district": "setagaya/karasuyama/karasuyama"})
    resident_client.post("/mypage/home/", {"district": ""})
    resident.refresh_from_db()
    assert resident.home_district is None
    assert resident.residencies.get().ended_on is not None


@pytest.mark.parametrize("path", ["x", "setagaya/karasuyama", "a/b/c/d", "\x00/x", "x" * 5000])
def test_what_is_no_district_is_refused(real_places: None, resident_client: Client, path: str) -> None:
    answer = resident_client.post("/mypage/home/", {"district": path})
    assert answer.status_code == 422
    assert "一覧から地区を選んでください" in answer.content.decode()


def test_a_number_is_kept_only_for_whoever_wants_to_be_called(
    resident: User, resident_client: Client
) -> None:
    form = {"name": "見本", "contact_means": "phone", "phone": "03-0000-0000", "postal_address": "見本町1"}
    assert resident_client.post("/mypage/settings/", form).status_code == 302
    resident.refresh_from_db()
    assert (resident.phone, resident.postal_address) == ("03-0000-0000", "")
    resident_client.post("/mypage/settings/", {**form, "contact_means": "mail"})
    resident.refresh_from_db()
    assert (resident.phone, resident.postal_address) == ("", "")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"contact_means": "phone", "phone": ""}, "電話番号を入力してください"),
        ({"contact_means": "phone", "phone": "でんわ"}, "03-0000-0000"),
        ({"contact_means": "letter"}, "送り先を入力してください"),
        ({"contact_means": "pigeon"}, "もう一度ご確認ください"),
    ],
)
def test_a_way_without_its_number_is_said(resident_client: Client, form: dict[str, str], said: str) -> None:
    answer = resident_client.post("/mypage/settings/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_full_width_numbers_are_fine(resident: User, resident_client: Client) -> None:
    form = {"contact_means": "phone", "phone": "０３－００００－００００"}
    assert resident_client.post("/mypage/settings/", form).status_code == 302
    resident.refresh_from_db()
    assert resident.phone == "03-0000-0000"


def test_the_header_says_whether_one_is_logged_in(client: Client, resident_client: Client) -> None:
    assert "ログイン・登録" in client.get("/districts/").content.decode()
    html = resident_client.get("/districts/").content.decode()
    assert "ログイン・登録" not in html
    assert 'href="/mypage/"' in html


def test_the_look_is_kept_on_the_account_and_comes_back_at_login(
    resident: User, resident_client: Client
) -> None:
    resident_client.post("/display/", {"size": "150", "ruby": "on"})
    resident.refresh_from_db()
    assert resident.display_settings == {"size": "150", "theme": "auto", "ruby": True}
    elsewhere = Client()
    elsewhere.post("/login/", {"login": resident.email, "password": "tsunagu-demo"})
    assert elsewhere.cookies["display"].value == "150.auto.on"


def test_a_spoiled_look_on_the_account_breaks_no_login(resident: User) -> None:
    User.objects.filter(pk=resident.pk).update(display_settings={"size": "<b>", "theme": 4, "ruby": "x"})
    elsewhere = Client()
    elsewhere.post("/login/", {"login": resident.email, "password": "tsunagu-demo"})
    assert elsewhere.get("/mypage/").status_code in (200, 302)


def test_districts_show_this_week_in_few_queries(
    resident: User, resident_client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        resident.followed_districts.create(district=DistrictFactory())
    resident_client.get("/mypage/")
    with django_assert_max_num_queries(22):
        resident_client.get("/mypage/")
