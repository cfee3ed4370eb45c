"""The picture of a shared link: words that fit, broken at phrases; the site's own picture where no font is found."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from events import share_images
from events.share_images import font_path, lines_of
from tests.factories.events import ReportFactory


@pytest.fixture
def font() -> ImageFont.FreeTypeFont:
    path = font_path()
    if path is None:
        pytest.skip("NO JAPANESE FONT: the share image cannot be drawn on this machine")
    return ImageFont.truetype(path, 60)


def test_a_title_breaks_between_phrases_and_every_line_fits(font):
    lines = lines_of("地区の交流会で12団体がつながりました", font, 560, most=4)
    assert "".join(lines) == "地区の交流会で12団体がつながりました"
    assert all(font.getlength(line) <= 560 for line in lines)
    assert lines[0] == "地区の交流会で"


def test_what_does_not_fit_is_told(font):
    lines = lines_of("あ" * 200, font, 560, most=4)
    assert len(lines) == 4
    assert lines[-1].endswith("…")


@pytest.mark.django_db
def test_without_a_font_the_sites_own_picture_stands_in(client, monkeypatch):
    monkeypatch.setattr(share_images, "font_path", lambda: None)
    answer = client.get(f"{ReportFactory().get_absolute_url()}share.png")
    assert answer.status_code == 302
    assert "share" in answer["Location"]
