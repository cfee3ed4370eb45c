"""Sample data for the style guide: made-up places, dates around today, every state of every component."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.safestring import mark_safe

from directory.choices import Answer
from directory.facts import Fact, Tag

from .templatetags.look import icon_names


class SampleForm(forms.Form):
    """One field of each kind, filled in wrongly, to see labels, hints and errors."""

    template_name_label = None
    name = forms.CharField(label="お名前", help_text="団体の場合は、団体の名前でかまいません。")
    postal_code = forms.CharField(
        label="郵便番号", help_text="例:157-0062。全角でもかまいません。", max_length=8
    )
    kind = forms.ChoiceField(label="ご用件", choices=[("", "選んでください"), ("1", "まちがいを知らせる")])
    day = forms.MultipleChoiceField(
        label="都合のよい曜日",
        choices=[("sat", "土曜日"), ("sun", "日曜日")],
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(label="くわしいこと", widget=forms.Textarea, required=False)


def samples() -> dict[str, Any]:
    """Context of the style guide."""
    today = timezone.localdate()
    days = [today + timedelta(days=n) for n in (0, 1, 8, 15)]
    return {
        "icons": sorted(icon_names()),
        "days": days,
        "cards": sample_cards(),
        "facts": SAMPLE_FACTS,
        "form": SampleForm({"name": "", "postal_code": "157-0062あいう"}),
        "page": Paginator(range(200), 10).page(9),
        "groups": SAMPLE_GROUPS,
        "tiles": [
            {"url": "#", "icon": icon, "word": word, "count": count}
            for icon, word, count in (
                ("cup", "お茶・おしゃべり", 412),
                ("bowl", "いっしょに食べる", 138),
                ("figure", "体を動かす", 295),
            )
        ],
    }


def sample_cards() -> list[dict[str, Any]]:
    """A hit with everything, one called off, one without dates."""
    today = timezone.localdate()
    return [
        {
            "url": "#",
            "kind": "健康マージャン",
            "name": "健康マージャンあおぞら",
            "distance": "420m",
            "walk": 6,
            "name_html": mark_safe("健康<mark>マージャン</mark>あおぞら"),
            "next_date": today,
            "verified": "10月3日確認",
            "facts": [
                ("calendar", "第2・第4日曜 13:00〜16:00"),
                ("pin", "南烏山六丁目 区民センター"),
                ("yen", "無料"),
                ("people", "初めての方も"),
            ],
        },
        {
            "url": "#",
            "kind": "サロン",
            "name": "日曜サロンつどい",
            "distance": "960m",
            "walk": 12,
            "next_date": today + timedelta(days=9),
            "next_cancelled": True,
            "notice": "次の回はお休みです",
            "verified": "昨年9月12日確認",
            "stale": True,
            "facts": [("calendar", "最終日曜 10:00〜15:00"), ("yen", "100円")],
        },
        {
            "url": "#",
            "kind": "相談窓口",
            "name": "あいうえおの窓口",
            "facts": [("phone", "03-0000-0000")],
            "verified": "11月1日確認",
        },
    ]


SAMPLE_FACTS = [
    Fact(
        "when",
        "いつ",
        ("毎週金曜日 10:00〜12:00", "祝日と年末年始(12月29日〜1月3日)は休み"),
        is_strong=True,
    ),
    Fact("where", "どこで", ("南烏山区民ひろば 1階", "千歳烏山駅から歩いて5分")),
    Fact("fee", "費用", ("100円(飲み物つき)",)),
    Fact(
        "access",
        "行きやすさ",
        tags=(
            Tag("段差がない", Answer.YES),
            Tag("駐車場はない", Answer.NO),
            Tag("授乳室があるかは、わかりません", Answer.UNKNOWN),
        ),
    ),
    Fact("organizer", "主催", ("南烏山ひだまりの会",), url="#"),
]
SAMPLE_GROUPS = [
    {
        "name": "weekday",
        "legend": "曜日",
        "choices": [
            {"value": "sun", "label": "日曜日", "count": 6, "checked": True},
            {"value": "sat", "label": "土曜日", "count": 4, "checked": False},
        ],
    },
    {
        "name": "audience",
        "legend": "対象",
        "choices": [{"value": "all", "label": "どなたでも", "count": 5, "checked": False}],
    },
]
