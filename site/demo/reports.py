"""Activity reports of the demo: twenty-five of the last months, two of them cases for the book."""

from __future__ import annotations

import random
from datetime import date, timedelta

from directory.models import Category, Organization, Photo
from events.models import Report, ReportPhoto

COUNT = 25
STORIES = (
    ("お茶会を開きました", "はじめての方が3人いらっしゃいました。次は折り紙をします。"),
    ("みんなで大掃除をしました", "公園の落ち葉を、子どもたちと集めました。"),
    ("食堂に40人が集まりました", "カレーと豚汁を作りました。お米をくださった方、ありがとうございました。"),
    ("音楽の会が終わりました", "なつかしい歌を、みんなで歌いました。"),
    ("防災の訓練をしました", "炊き出しのかまどを、はじめて使いました。"),
)


def make_reports(*, today: date, chance: random.Random, photos: dict[str, list[Photo]]) -> list[Report]:
    """The reports, the newest first in every list. Returns them."""
    groups = list(Organization.objects.published().order_by("pk"))
    own = Organization.objects.get(members__user__email="group@example.jp")
    themes = list(Category.objects.elements().order_by("pk"))
    made = []
    for number in range(COUNT):
        group = own if number < 3 else groups[number % len(groups)]
        title, text = STORIES[number % len(STORIES)]
        report = Report.objects.create(
            title=title,
            date=today - timedelta(days=3 + 7 * number),
            summary=text.split("。")[0] + "。",
            body=[("paragraph", text), ("paragraph", "見本として作った、架空の報告です。")],
            organization=group,
            district=group.areas.first(),
            participants=chance.randint(6, 40),
            volunteers=chance.randint(1, 6),
            is_case=number in (2, 8),
            live=True,
        )
        report.themes.set([themes[number % len(themes)]])
        report.save()
        subject = chance.choice(sorted(photos))
        ReportPhoto.objects.create(report=report, photo=photos[subject][-1], caption="活動のようす(絵)")
        made.append(report)
    return made
