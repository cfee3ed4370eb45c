"""Someone looks for a place nearby, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens.find import FindScreen
from tests.browser.screens.frame import Frame


@pytest.fixture(params=["phone", "without_script", "desktop"])
def visitor(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def test_visitor_finds_an_entry_from_the_home_page(visitor: Page) -> None:
    visitor.goto("/")
    find = FindScreen(visitor)
    find.ask("体操")
    assert "/find/" in visitor.url
    assert find.hits.count() > 0
    expect(find.box).to_have_value("体操")
    name = find.open_first()
    assert "/r/" in visitor.url
    expect(Frame(visitor).heading).to_contain_text(name)


def test_address_of_a_question_can_be_sent_to_someone(desktop: Page, phone: Page) -> None:
    find = FindScreen(desktop).open()
    find.ask("サロン")
    other = FindScreen(phone)
    phone.goto(desktop.url)
    expect(other.box).to_have_value("サロン")
    assert other.hits.first.inner_text() == find.hits.first.inner_text()


def test_question_without_an_answer_says_so_and_leads_on(visitor: Page) -> None:
    find = FindScreen(visitor).open()
    find.ask("ぬるぽがっ")
    expect(Frame(visitor).heading).to_be_visible()
    expect(Frame(visitor).main).to_contain_text("見つかりません")
    expect(find.box).to_have_value("ぬるぽがっ")
