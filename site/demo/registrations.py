"""Groups on their way in: one that waits for the review, one still typing, and somebody who says an entry is theirs."""

from __future__ import annotations

from typing import Any

from areas.models import Area
from directory.choices import RegistrationState
from directory.form_protection import receipt_of
from directory.models import Category, Claim, Registration, Resource
from directory.models.base import CODE_ALPHABET
from directory.querysets import DESK_CODE
from directory.registration_answers import said_of
from directory.registration_forms import STEPS
from directory.services import registrations
from directory.services.claims import make_claim
from members.district_choices import path_of
from members.models import User

RESIDENT = "resident@example.jp"

WAITING = {
    1: {
        "name": "からすやま歌声の会(見本)",
        "kana": "カラスヤマウタゴエノカイ ミホン",
        "legal_form": "informal",
        "email": "utagoe@example.jp",
    },
    2: {
        "activity": "歌声ひろば(見本)",
        "category": "salon",
        "summary": "ピアノに合わせて、なつかしい歌をいっしょに歌います。楽譜は読めなくてもだいじょうぶです。",
        "schedule": "第1・第3火曜 10:00〜11:30(祝日は休み)",
        "place": "烏山の集会所(見本)",
        "address": "南烏山6-99-99",
        "fee_kind": "paid",
        "fee_note": "1回200円",
        "join_policy": "open",
    },
    3: {
        "representative": "見本 太郎",
        "representative_kana": "みほん たろう",
        "phone": "03-0000-0000",
        "phone_is_public": "on",
        "email": "utagoe@example.jp",
        "consent": "on",
    },
}
TYPING = {1: {"name": "はじめての手話の会(見本)", "kana": "はじめてのしゅわのかい", "legal_form": "informal"}}


def make_registrations(home: Area) -> None:
    """Two registrations and a claim in `home`. Does nothing where they are already."""
    _register("demo-waiting", WAITING, home)
    _register("demo-typing", TYPING, home)
    _claim(home)


def _register(number: str, typed: dict[int, dict[str, str]], home: Area) -> None:
    secret = registrations.begin(number=number)
    row = registrations.find(secret)
    if row.state != RegistrationState.TYPING or row.answers:
        return
    for step, said in typed.items():
        _type(row, step, said, home, secret)
    if len(typed) == len(STEPS):
        registrations.submit(row)


def _type(row: Registration, step: int, said: dict[str, str], home: Area, secret: str) -> None:
    name, form_class = STEPS[step]
    data: dict[str, Any] = dict(said)
    if "category" in data:
        data["category"] = Category.objects.get(code=data["category"]).pk
        data["district"] = path_of(home)
    form = form_class(data)
    if not form.is_valid():
        raise ValueError(f"The demo's registration is wrong: {form.errors.as_json()}")
    registrations.save_step(row, step=name, answers=said_of(form), secret=secret)


def _claim(home: Area) -> None:
    resident = User.objects.get(email=RESIDENT)
    entries = Resource.objects.published().filter(district=home, organization=None)
    entry = entries.exclude(categories__code=DESK_CODE).order_by("pk").first()
    if entry is None or Claim.objects.filter(user=resident).exists():
        return
    make_claim(
        thing=entry,
        user=resident,
        relation="世話人",
        message="毎回の受付と会計をしています。会場の集会所の方も、わたしを知っています。(見本)",
        receipt=receipt_of("demo-claim", CODE_ALPHABET),
    )
