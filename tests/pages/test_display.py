"""Text size, colours and furigana: chosen by a plain form, kept in a cookie, never in the way."""

import pytest
from django.test import Client

from members.models import User
from pages.display import Display


@pytest.mark.parametrize(
    "value", ["", "x", "999.pink.maybe", "125", "..", "150.contrast.on.more", "\x00.\x00"]
)
def test_any_cookie_is_read_as_some_choice(value: str) -> None:
    display = Display.from_cookie(value)
    assert display.size in ("100", "125", "150")
    assert display.theme in ("auto", "light", "dark", "contrast")


def test_a_cookie_says_what_was_chosen() -> None:
    display = Display(size="150", theme="contrast", ruby=True)
    assert Display.from_cookie(display.to_cookie()) == display


def test_one_choice_leaves_the_others() -> None:
    display = Display(size="125", theme="dark", ruby=True)
    assert display.changed({"theme": "light"}) == Display(size="125", theme="light", ruby=True)
    assert display.changed({"ruby": "off"}).ruby is False


def test_the_text_button_goes_round_the_sizes() -> None:
    assert [Display(size=size).next_size for size in ("100", "125", "150")] == ["125", "150", "100"]


@pytest.fixture
def page(client: Client, db: None) -> Client:
    return client


def test_a_choice_is_kept_and_leads_back_to_where_one_was(page: Client) -> None:
    response = page.post("/display/", {"size": "150", "next": "/styleguide/?a=1"})
    assert (response.status_code, response["Location"]) == (303, "/styleguide/?a=1")
    html = page.get("/styleguide/").content.decode()
    assert 'data-size="150"' in html


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_theme_is_named_on_the_page(page: Client, theme: str) -> None:
    page.post("/display/", {"theme": theme})
    assert f'data-theme="{theme}"' in page.get("/display/").content.decode()


def test_without_a_choice_the_device_decides_the_colours(page: Client) -> None:
    assert "data-theme" not in page.get("/display/").content.decode().split("<head>")[0]


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "evil", ""]
)
def test_a_choice_never_leads_to_another_site(page: Client, address: str) -> None:
    assert page.post("/display/", {"size": "125", "next": address})["Location"] == "/display/"


@pytest.mark.parametrize("posted", [{"size": "9"}, {"theme": "x"}, {"ruby": "1"}])
def test_nonsense_is_refused_in_words(page: Client, posted: dict[str, str]) -> None:
    response = page.post("/display/", posted)
    assert response.status_code == 400
    assert "受けつけられない" in response.content.decode()
    assert "display" not in response.cookies


def test_another_site_cannot_change_the_look(page: Client) -> None:
    response = page.post("/display/", {"size": "150"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 400


def test_pages_differ_by_cookie(page: Client) -> None:
    assert "Cookie" in page.get("/display/")["Vary"]


def test_the_cookie_is_out_of_reach_of_scripts(page: Client) -> None:
    cookie = page.post("/display/", {"size": "125"}).cookies["display"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_furigana_is_written_only_when_asked_for(page: Client) -> None:
    assert "<rt>" not in page.get("/styleguide/").content.decode()
    page.post("/display/", {"ruby": "on"})
    html = page.get("/styleguide/").content.decode()
    assert "<rt>" in html
    assert 'data-ruby="on"' in html


def test_the_editors_screens_are_left_alone(page: Client, administrator: User) -> None:
    page.force_login(administrator)
    page.post("/display/", {"ruby": "on"})
    assert "<rt>" not in page.get("/admin/").content.decode()
