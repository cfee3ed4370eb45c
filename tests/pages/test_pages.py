"""The editors' pages: they can be made, they can be read, and a new site begins with the ones it needs."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, Site
from wagtail.test.utils import WagtailPageTestCase

from areas.models import Area, MunicipalityProfile
from pages.models import ArticleIndexPage, ArticlePage, HomePage, PolicyPage, SiteSettings
from pages.services import create_site_pages

pytestmark = pytest.mark.django_db


class PageTypes(WagtailPageTestCase):
    """What may stand under what."""

    def test_the_home_page_holds_policies_and_articles(self) -> None:
        self.assertAllowedSubpageTypes(HomePage, {ArticleIndexPage, ArticlePage, PolicyPage})

    def test_articles_hold_nothing(self) -> None:
        self.assertAllowedSubpageTypes(ArticlePage, set())

    def test_an_index_holds_articles_only(self) -> None:
        self.assertAllowedSubpageTypes(ArticleIndexPage, {ArticlePage})


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html.parser").get_text()


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("guide", "予約はいりません"),
        ("for-groups", "のせませんか"),
        ("contact", "電話が苦手な方"),
        ("privacy", "集めない情報"),
        ("accessibility", "JIS X 8341-3:2016"),
        ("about", "世田谷区社会福祉協議会"),
        ("news", "お知らせとまちの話"),
        ("news/first-visit", "初めてです"),
        ("site-map", "アクセシビリティ方針"),
    ],
)
def test_a_new_site_begins_with_its_texts(home: HomePage, client: Client, slug: str, words: str) -> None:
    assert words in text_of(client, f"/{slug}/")


def test_beginning_again_changes_nothing(home: HomePage) -> None:
    page = PolicyPage.objects.get(slug="about")
    page.title = "editors' own title"
    page.save()
    before = Page.objects.count()
    create_site_pages(Area.objects.get(code="131121"))
    assert Page.objects.count() == before
    assert PolicyPage.objects.get(slug="about").title == "editors' own title"
    assert Site.objects.filter(is_default_site=True).count() == 1


def test_komaes_site_uses_komaes_words(real_places: None, client: Client) -> None:
    komae = Area.objects.get(code="132195")
    MunicipalityProfile.objects.filter(municipality=komae).update(contact_phone="03-0000-0001")
    create_site_pages(komae)
    about = text_of(client, "/about/")
    assert "狛江市" in about
    assert "日常生活圏域" in about
    assert "03-0000-0001" in about


BODY = [
    ("heading", {"text": "見出し <b>", "level": "3"}),
    ("paragraph", "<p>文章</p>"),
    ("list", ["ひとつ", "ふたつ"]),
    ("notice", {"kind": "warning", "title": "注意", "text": "枠の中"}),
    ("phone", {"name": "窓口", "number": "03-0000-0000", "hours": "平日", "fax": "03-0000-0001"}),
    ("faq", {"question": "質問", "answer": "<p>答え</p>"}),
]


def test_every_block_is_drawn_and_escaped(home: HomePage, client: Client) -> None:
    home.add_child(instance=ArticlePage(title="すべての枠", slug="all", body=BODY))
    soup = BeautifulSoup(client.get("/all/").content, "html.parser")
    assert soup.find("h3", string="見出し <b>")
    assert soup.find("a", href="tel:0300000000")
    assert soup.select_one(".faq summary").get_text().strip() == "質問"
    assert [item.get_text() for item in soup.select(".article__body > ul > li, .article__body li")][:2] == [
        "ひとつ",
        "ふたつ",
    ]
    assert soup.select_one(".notice--warning").get_text().split() == ["注意", "枠の中"]


def switch_on(**fields: object) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"emergency_on": True, **fields})


def test_a_standing_notice_is_on_every_page(home: HomePage, client: Client) -> None:
    assert not BeautifulSoup(client.get("/guide/").content, "html.parser").select(".standing")
    switch_on(emergency_on=False, standing_notice="これは<見本>です。")
    for address in ("/", "/guide/", "/display/"):
        found = BeautifulSoup(client.get(address).content, "html.parser").select_one(".standing")
        assert found
        assert found.get_text(strip=True) == "これは<見本>です。"


def test_the_emergency_banner_stands_on_every_page_until_switched_off(home: HomePage, client: Client) -> None:
    assert "緊急" not in text_of(client, "/guide/")
    switch_on(emergency_title="大雨で<閉所>します", emergency_text="きょうの集まりはお休みです。")
    for path in ("/", "/guide/", "/display/"):
        assert "大雨で<閉所>します" in text_of(client, path)
    switch_on(emergency_on=False)
    assert "大雨" not in text_of(client, "/guide/")


def test_a_banner_without_heading_is_not_shown(home: HomePage, client: Client) -> None:
    switch_on(emergency_title="")
    assert not BeautifulSoup(client.get("/guide/").content, "html.parser").select(".emergency")


def test_editors_may_replace_the_menu(home: HomePage, client: Client) -> None:
    menu = BeautifulSoup(client.get("/guide/").content, "html.parser").select(".nav__link")
    assert len(menu) == 6
    assert [item.get_text() for item in menu if item.has_attr("aria-current")] == ["はじめての方へ"]
    switch_on(emergency_on=False, main_menu=[("word", {"word": "べつのことば", "url": "/about/"})])
    menu = BeautifulSoup(client.get("/guide/").content, "html.parser").select(".nav__link")
    assert [(item.get_text(), item["href"]) for item in menu] == [("べつのことば", "/about/")]


def test_reading_a_page_writes_no_settings(home: HomePage, client: Client) -> None:
    client.get("/guide/")
    assert SiteSettings.objects.count() == 0


def test_public_pages_carry_no_inline_style_or_script(home: HomePage, client: Client) -> None:
    for path in ("/", "/guide/", "/styleguide/", "/display/", "/login/"):
        html = client.get(path).content.decode()
        assert not re.search(r"<[^>]*\sstyle=", html), path
        assert not re.search(r"<[^>]*\son[a-z]+=", html), path
        assert "<style" not in html, path


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.ico", "/site-map/"])
def test_a_monitor_may_ask_for_the_head_only(client: Client, path: str) -> None:
    assert client.head(path).status_code in (200, 302)
