"""A group confirms its entry from the link in a mail, on a phone, with and without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.site_shell import SiteShell

#: An ask by mail about an entry nobody asks about yet; its link is printed.
ASKED = """
from directory.ask_tokens import mail_token
from directory.models import Resource, VerificationAsk
from directory.services.asking import new_ask_code, without_open_ask
resource = without_open_ask(Resource.objects.published()).order_by("-pk").first()
ask = VerificationAsk.objects.create(
    resource=resource, code=new_ask_code(), channel="mail", sent_to=f"{new_ask_code()}@example.jp"
)
print(mail_token(ask), ask.code)
"""


@pytest.fixture
def asked(site_url: str, site_shell: SiteShell) -> tuple[str, str]:
    """(path of the link, code on paper)."""
    token, code = site_shell(ASKED).split()
    return f"/confirm/{token}/", code


@pytest.mark.parametrize("device", ["phone", "without_script"])
def test_a_group_confirms_with_one_button(
    request: pytest.FixtureRequest, device: str, asked: tuple[str, str]
) -> None:
    page: Page = request.getfixturevalue(device)
    page.goto(asked[0])
    assert_no_sideways_scrolling(page)
    if device == "phone":
        assert_accessible(page)
    button = page.get_by_role("button", name="変わりありません")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ありがとうございます")
    page.reload()
    expect(page.get_by_text("「変わりありません」とのお返事を受け取りました")).to_be_visible()
    if device == "phone":
        assert_accessible(page)


def test_the_code_on_paper_leads_to_the_same_question(phone: Page, asked: tuple[str, str]) -> None:
    phone.goto("/confirm/")
    assert_accessible(phone)
    phone.get_by_label("確認の番号").fill(f"{asked[1][:4]}-{asked[1][4:]}".lower())
    phone.get_by_role("button", name="つぎへ").click()
    phone.get_by_role("link", name="変わりました").click()
    assert_accessible(phone)
    phone.get_by_role("button", name="送る").click()
    expect(phone.get_by_role("alert")).to_contain_text("どこが変わったか")
    phone.get_by_label("日時").check()
    phone.get_by_label("どのように変わりましたか").fill("第2金曜日になりました")
    phone.get_by_role("button", name="送る").click()
    expect(phone.get_by_text("変わったことを受け取りました")).to_be_visible()
