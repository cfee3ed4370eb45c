"""A small register in which every protected field holds a word that stands nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from areas.models import Area
from directory.choices import ContactAudience, LifeStatus, OrganizationStatus, PlaceVisibility
from directory.models import Organization, Photo, Resource, ResourcePhoto, ScheduleException
from directory.services.occurrences import rebuild_occurrences
from search.upkeep.rebuilding import rebuild
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory, TownFactory
from tests.factories.directory import (
    FeatureFactory,
    OrganizationContactFactory,
    OrganizationFactory,
    PhotoFactory,
    ResourceContactFactory,
    ResourceFactory,
    VenueFactory,
    VenueFeatureFactory,
    weekly_spec,
)

PUBLIC, REGISTERED, STAFF, NOBODY = "public", "registered", "staff", "nobody"
#: Who sees words of which protection, on the page of the entry.
SEEN_BY = {
    "anonymous": {PUBLIC},
    "resident": {PUBLIC, REGISTERED},
    "foreign": {PUBLIC, REGISTERED},
    "own": {PUBLIC, REGISTERED, STAFF},
}


@dataclass
class Told:
    """An entry, the words it holds by protection, and whether strangers may open it (200, 404 or 410)."""

    resource: Resource
    words: dict[str, list[str]] = field(default_factory=dict)
    status: int = 200


@dataclass
class OutputsWorld:
    municipality: Area
    district: Area
    shelter_district: Area
    foreign_district: Area
    organization: Organization
    entries: dict[str, Told]

    def words(self, *protections: str) -> set[str]:
        """Every word of these protections, in any entry."""
        return {
            word
            for told in self.entries.values()
            for level in protections
            for word in told.words.get(level, [])
        }


def build_outputs_world() -> OutputsWorld:
    municipality = MunicipalityFactory(slug="mihon", name="みほん市", kana="みほんし")
    area = AreaFactory(parent=municipality)
    district = DistrictFactory(parent=area, name="オモテ地区", slug="omote")
    shelter_district = DistrictFactory(parent=area, name="SHELTERDISTRICT", slug="shelter")
    foreign_district = DistrictFactory(parent=AreaFactory(parent=municipality), slug="foreign")
    organization = OrganizationFactory(name="PUBLICORGANIZATION", areas=[district])
    OrganizationContactFactory(organization=organization, name="ORGPUBLICPERSON")
    OrganizationContactFactory(
        organization=organization, name="ORGSTAFFPERSON", audience=ContactAudience.STAFF, phone="03-0000-0009"
    )
    place = {"organization": organization, "schedules": [weekly_spec()]}
    entries = {
        "exact": _exact(district, place),
        "block": _block(district, place),
        "home": _home(district, place),
        "shelter": _shelter(shelter_district, place),
        "strict_venue": _strict_venue(district, place),
        "moved": _moved(district, place),
        "draft": _unpublished("DRAFT", district, place, live=False),
        "found": _unpublished("FOUND", district, place, life_status=LifeStatus.FOUND),
        "ended": _ended(district, place),
    }
    rebuild()
    return OutputsWorld(municipality, district, shelter_district, foreign_district, organization, entries)


#: Each venue has a latitude of its own, as telling as its address.
LATITUDES = {
    "EXACT": 35.611111,
    "BLOCK": 35.622222,
    "HOME": 35.633333,
    "SHELTER": 35.644444,
    "STRICT": 35.655555,
    "USUAL": 35.666666,
    "ELSEWHERE": 35.677777,
    "DRAFT": 35.688888,
    "FOUND": 35.699999,
    "ENDED": 35.601234,
}


def _venue(prefix: str, district: Area, **fields: object) -> dict:
    """A venue whose every telling field begins with `prefix`; with the words of these fields."""
    words = [f"{prefix}{name}" for name in ("NAME", "KANA", "ADDRESS", "FLOOR", "WAY", "NOTE", "TOWN")]
    name, kana, address, floor, way, note, town = words
    venue = VenueFactory(
        district=district,
        name=name,
        kana=kana,
        address=address,
        floor=floor,
        access_note=way,
        town=TownFactory(municipality=district.municipality, district=district, name=town, base_name=town),
        lat=LATITUDES[prefix],
        lng=139.6,
        **fields,
    )
    VenueFeatureFactory(venue=venue, feature=FeatureFactory(), note=note)
    return {"venue": venue, "words": words}


def _exact(district: Area, place: dict) -> Told:
    told = _venue("EXACT", district)
    resource = ResourceFactory(venue=told["venue"], **place)
    for audience in ContactAudience.values:
        ResourceContactFactory(
            resource=resource,
            audience=audience,
            name=f"PERSON{audience.upper()}",
            email=f"mail.{audience}@example.jp",
        )
    consents = Photo.PeopleConsent
    for consent, alt in ((consents.GIVEN, "PHOTOAGREED"), (consents.MISSING, "PHOTONOTAGREED")):
        ResourcePhoto.objects.create(
            resource=resource, photo=PhotoFactory(description=alt, people_consent=consent), caption=f"C{alt}"
        )
    return Told(
        resource,
        {
            PUBLIC: [
                "EXACTADDRESS",
                "PERSONPUBLIC",
                "mail.public@example.jp",
                "PHOTOAGREED",
                "PUBLICORGANIZATION",
            ],
            REGISTERED: ["PERSONREGISTERED", "mail.registered@example.jp"],
            STAFF: ["PERSONSTAFF", "mail.staff@example.jp"],
            NOBODY: ["PHOTONOTAGREED"],
        },
    )


def _block(district: Area, place: dict) -> Told:
    told = _venue("BLOCK", district, visibility=PlaceVisibility.BLOCK)
    hidden = OrganizationFactory(name="UNAPPROVEDORGANIZATION", status=OrganizationStatus.REGISTERED)
    resource = ResourceFactory(venue=told["venue"], **(place | {"organization": hidden}))
    return Told(
        resource,
        {
            PUBLIC: ["BLOCKTOWN"],
            STAFF: ["BLOCKNAME", "BLOCKADDRESS", "BLOCKFLOOR", "BLOCKWAY", "35.622222"],
            NOBODY: ["UNAPPROVEDORGANIZATION", "BLOCKKANA", "BLOCKNOTE"],
        },
    )


def _home(district: Area, place: dict) -> Told:
    told = _venue("HOME", district)
    resource = ResourceFactory(venue=told["venue"], place_visibility=PlaceVisibility.DISTRICT, **place)
    return Told(
        resource,
        {PUBLIC: ["オモテ地区"], STAFF: ["HOMENAME", "HOMEADDRESS", "35.633333"], NOBODY: ["HOMENOTE"]},
    )


def _shelter(district: Area, place: dict) -> Told:
    told = _venue("SHELTER", district)
    resource = ResourceFactory(
        name="SHELTERENTRY", venue=told["venue"], place_visibility=PlaceVisibility.HIDDEN, **place
    )
    return Told(
        resource,
        {
            PUBLIC: ["SHELTERENTRY"],
            STAFF: ["SHELTERNAME", "SHELTERADDRESS", "SHELTERDISTRICT", "35.644444"],
            NOBODY: ["SHELTERNOTE"],
        },
    )


def _strict_venue(district: Area, place: dict) -> Told:
    told = _venue("STRICT", district, visibility=PlaceVisibility.DISTRICT)
    resource = ResourceFactory(venue=told["venue"], place_visibility=PlaceVisibility.EXACT, **place)
    return Told(resource, {STAFF: ["STRICTNAME", "STRICTADDRESS", "35.655555"], NOBODY: ["STRICTNOTE"]})


def _moved(district: Area, place: dict) -> Told:
    """Next week this one is somewhere nobody may know."""
    resource = ResourceFactory(venue=_venue("USUAL", district)["venue"], **place)
    elsewhere = _venue("ELSEWHERE", district, visibility=PlaceVisibility.HIDDEN)["venue"]
    ScheduleException.objects.create(
        schedule=resource.schedules.get(), date=date(2026, 11, 27), action="move", venue=elsewhere
    )
    rebuild_occurrences([Resource.objects.get(pk=resource.pk)])
    return Told(
        resource,
        {
            PUBLIC: ["USUALADDRESS"],
            STAFF: ["ELSEWHERENAME"],
            NOBODY: ["ELSEWHEREKANA", "ELSEWHERENOTE", "35.677777"],
        },
    )


def _unpublished(prefix: str, district: Area, place: dict, **fields: object) -> Told:
    venue = _venue(prefix, district)["venue"]
    resource = ResourceFactory(name=f"{prefix}ENTRY", venue=venue, **place, **fields)
    return Told(resource, {STAFF: [f"{prefix}ENTRY", f"{prefix}ADDRESS"]}, status=404)


def _ended(district: Area, place: dict) -> Told:
    venue = _venue("ENDED", district)["venue"]
    resource = ResourceFactory(
        name="NAMEOFENDED", summary="SUMMARYOFENDED", venue=venue, life_status=LifeStatus.CLOSED, **place
    )
    return Told(resource, {PUBLIC: [], STAFF: ["SUMMARYOFENDED", "ENDEDADDRESS"]}, status=410)
