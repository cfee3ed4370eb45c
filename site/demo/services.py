"""Fill an empty site with content that is plainly made up, the same each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from areas.models import Area
from areas.services import load_places
from directory.choices import OrganizationStatus
from directory.models import Audience, Category, Feature, Organization, Resource
from directory.querysets import DESK_CODE
from directory.schedules import parse
from directory.services.occurrences import rebuild_occurrences
from directory.services.review import ensure_workflow
from directory.services.verification import verify_resource
from directory.services.vocabulary import load_vocabulary
from pages.models import SiteSettings
from pages.services import create_site_pages
from tests.factories.directory import (
    OrganizationContactFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    ScheduleFactory,
)

from .content.words import NICKNAMES, ORGANIZATION_ENDINGS
from .duplicates import make_duplicates
from .entries import ENTRIES_A_DISTRICT, SOURCE, Shelf, kinds_in_turn, make_entry, make_photos
from .events import make_events
from .exchange import make_exchange
from .freshness import make_freshness
from .groups import make_group
from .mistakes import make_mistakes
from .people import make_people
from .places import make_venues
from .registrations import make_registrations
from .reports import make_reports
from .residents import make_residents
from .reviews import make_reviews

SEED = 20261120
ORGANIZATIONS = 40
#: Where the demo's members of staff work.
HOME_MUNICIPALITY, HOME_DISTRICT = "131121", "烏山"
#: Stands on every page of the demo: nobody shall set out for a place that is not there.
MADE_UP = "これは見本のサイトです。載っている団体や場所は架空のものです。"

Progress = Callable[[int], object]


def demo_is_loaded() -> bool:
    return Resource.objects.filter(source_name=SOURCE).exists()


@transaction.atomic
def load_demo(*, today: date | None = None, progress: Progress = lambda done: None) -> dict[str, int]:
    """Load both municipalities with entries in every district. Does nothing where the demo is there already.

    `progress` is called with the number of districts done. Returns how much there is.
    """
    today = today or timezone.localdate()
    if not demo_is_loaded():
        # The index of references costs half the time; `rebuild_references_index` makes it at the end.
        with disable_reference_index_auto_update():
            _load(today, progress)
    return {
        "resources": Resource.objects.filter(source_name=SOURCE).count(),
        "organizations": Organization.objects.count(),
        "districts": Area.objects.districts().count(),
    }


def _load(today: date, progress: Progress) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same demo each time, no secret
    load_places()
    load_vocabulary()
    ensure_workflow()
    districts = list(Area.objects.districts().in_order().select_related("parent__parent"))
    organizations = _organizations(districts, chance)
    shelf = Shelf(
        today=today,
        chance=chance,
        categories={category.code: category for category in Category.objects.all()},
        audiences={audience.code: audience for audience in Audience.objects.all()},
        features={feature.code: feature for feature in Feature.objects.all()},
        photos=make_photos(chance),
    )
    kinds = kinds_in_turn()
    for position, district in enumerate(districts):
        venues = make_venues(district, list(shelf.features.values()), chance)
        _desk(district, shelf)
        nearby = [item for item in organizations if district in item.areas.all()]
        for turn in range(ENTRIES_A_DISTRICT):
            organization = chance.choice([*nearby, None]) if nearby else None
            number = position * ENTRIES_A_DISTRICT + turn
            make_entry(next(kinds), district, venues[turn % len(venues)], organization, shelf, number)
        progress(1)
    home = next(area for area in districts if area.short_name == HOME_DISTRICT)
    make_people(home, next(item for item in organizations if home in item.areas.all()))
    make_residents(home, today=today, chance=chance)
    make_group(home, today=today, chance=random.Random(SEED))  # noqa: S311 - as above
    make_duplicates(home)
    make_reviews(home, today)
    make_registrations(home)
    make_mistakes(home)
    make_freshness(home, today=today)
    make_events(home, today=today, chance=chance, photos=shelf.photos)
    make_reports(today=today, chance=chance, photos=shelf.photos)
    make_exchange(home, today=today, chance=chance)
    page = create_site_pages(home.municipality)
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(root_page=page), defaults={"standing_notice": MADE_UP}
    )


def _organizations(districts: list[Area], chance: random.Random) -> list[Organization]:
    """40 groups, at least one in every district."""
    found = []
    for number in range(ORGANIZATIONS):
        nick, nick_kana = NICKNAMES[number % len(NICKNAMES)]
        district = districts[number % len(districts)]
        ending, ending_kana, legal_form = chance.choice(ORGANIZATION_ENDINGS)
        organization = OrganizationFactory(
            name=f"{district.short_name}{nick}{ending}",
            kana=f"{district.kana}{nick_kana}{ending_kana}",
            legal_form=legal_form,
            description=f"{district.name}で、近所の仲間が集まって活動しています。見本として作った架空の団体です。",
            status=OrganizationStatus.APPROVED,
            areas=[district],
            consented_on=date(2026, 4, 1),
        )
        OrganizationContactFactory(organization=organization)
        found.append(organization)
    return found


def _desk(district: Area, shelf: Shelf) -> None:
    """The desk that answers for `district`."""
    profile = district.municipality.profile
    desk = ResourceFactory(
        name=f"{district.short_name} {profile.desk_label}(見本)",
        kana=f"{district.kana} ふくしの そうだんまどぐち みほん",
        organization=None,
        venue=None,
        district=district,
        summary="くらしの困りごとを、なんでも相談できる窓口です。どこに聞けばよいかわからないときも、まずここへ。",
        categories=[shelf.categories[DESK_CODE]],
        audiences=[shelf.audiences["everyone"]],
        fee_kind="free",
        source_name=SOURCE,
    )
    desk.areas_served.set([district])
    desk.areas_served.commit()
    text = "平日 8:30〜17:00 祝日・年末年始は休み"
    ScheduleFactory(resource=desk, rule=parse(text, shelf.today).spec, original_text=text)
    ResourceContactFactory(resource=desk, name="相談の受付", hours="平日 8:30〜17:00")
    rebuild_occurrences([desk], today=shelf.today)
    verify_resource(
        desk,
        method="phone",
        result="confirmed",
        person=None,
        by_label="社会福祉協議会",
        on=shelf.today,
        note="",
    )
