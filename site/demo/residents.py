"""What the demo's resident keeps, other registered residents, and the plan's figures they are measured by."""

from __future__ import annotations

import random
from datetime import date, timedelta

from areas.models import Area
from directory.models import Category, Resource
from directory.services.personal import add_favourite, save_search, set_followed_kinds
from members.following import follow
from members.models import RegistrationTarget, Residency, User
from members.residency import set_home_district

RESIDENT = "resident@example.jp"
#: People who only make the table of numbers look like one.
OTHERS = 60
#: 区民登録の目標: 世田谷区 地域保健医療福祉総合計画(令和6〜13年度) 推進施策1.
PLAN = "世田谷区 地域保健医療福祉総合計画(令和6〜13年度)"
TARGETS = {2024: 250, 2025: 1000, 2026: 2400, 2027: 3800}


def make_residents(home: Area, *, today: date, chance: random.Random) -> None:
    """The resident of `home` with favourites and a saved question, and others all over the municipality."""
    districts = list(Area.objects.districts().within(home.municipality).in_order())
    _keep_things(User.objects.get(email=RESIDENT), home, districts, today)
    _others(districts, today, chance)
    for year, number in TARGETS.items():
        RegistrationTarget.objects.get_or_create(
            municipality=home.municipality, fiscal_year=year, defaults={"number": number, "source": PLAN}
        )


def _keep_things(user: User, home: Area, districts: list[Area], today: date) -> None:
    set_home_district(user=user, district=home, on=today - timedelta(days=120))
    neighbour = next(area for area in districts if area.parent_id == home.parent_id and area != home)
    follow(user=user, district=neighbour)
    for resource in Resource.objects.published().filter(district=home).order_by("pk")[:3]:
        add_favourite(user=user, resource=resource)
    save_search(user=user, question=f"q=体操&area={home.municipality.slug}&weekday=workdays")
    set_followed_kinds(user=user, kinds=Category.objects.kinds().order_by("order", "pk")[:3])


def _others(districts: list[Area], today: date, chance: random.Random) -> None:
    if User.objects.filter(email="kumin01@example.jp").exists():
        return
    people = [User(email=f"kumin{number:02}@example.jp") for number in range(1, OTHERS + 1)]
    for user in people:
        user.set_unusable_password()
        user.home_district = chance.choice(districts)
    User.objects.bulk_create(people)
    Residency.objects.bulk_create(
        Residency(
            user=user,
            district=user.home_district,
            started_on=today - timedelta(days=chance.randrange(1, 300)),
        )
        for user in people
    )
