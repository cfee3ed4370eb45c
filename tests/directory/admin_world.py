"""Two districts with one of everything, for tests of the staff screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from areas.models import Area
from directory.choices import FieldGroup, VerificationMethod
from directory.models import (
    DeletedEntry,
    DuplicateCandidate,
    FreshnessPolicy,
    ImportRun,
    MistakeReport,
    VerificationCampaign,
    Visit,
)
from directory.services.verification import verify_resource
from events.models import RemovalRequest
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory
from tests.factories.asks import AskFactory
from tests.factories.directory import (
    AudienceFactory,
    CategoryFactory,
    FeatureFactory,
    OrganizationFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)
from tests.factories.events import PresentationFactory, ReportFactory
from tests.factories.registrations import ClaimFactory, RegistrationFactory


@dataclass
class Place:
    """A district and the rows that belong to it, by model name."""

    district: Area
    rows: dict[str, Any]


def build_place(district: Area, word: str) -> Place:
    """One of everything in `district`; every name contains `word`."""
    organization = OrganizationFactory(name=f"{word}の会", areas=[district], live=False)
    venue = VenueFactory(district=district, name=f"{word}会館")
    resource = ResourceFactory(
        name=f"{word}サロン", organization=organization, venue=venue, live=False, schedules=[weekly_spec()]
    )
    resource.save_revision()
    organization.save_revision()
    record = verify_resource(
        resource,
        method=VerificationMethod.PHONE,
        result="confirmed",
        person=None,
        by_label=f"{word}社協",
        on=date(2026, 10, 3),
    )
    report = MistakeReport.objects.create(
        resource=resource, field_group=FieldGroup.PLACE, message=f"{word}の場所が違います", receipt=word
    )
    twin = OrganizationFactory(name=f"{word}の会(写し)", areas=[district], live=False)
    pair = DuplicateCandidate.objects.create(
        first_organization=organization, second_organization=twin, score=80, reasons=[]
    )
    gone = DeletedEntry.objects.create(
        model="directory.resource", object_id="0", name=f"{word}の消えたサロン", area=district
    )
    story = ReportFactory(title=f"{word}の報告", organization=organization, district=district, live=False)
    story.save_revision()
    rows = {
        "reports": story,
        "removals": RemovalRequest.objects.create(report=story, receipt=word, reason=f"{word}の本人です"),
        "presentations": PresentationFactory(district=district, title=f"{word}の発表"),
        "registration": RegistrationFactory(
            district=district,
            answers={"who": {"name": f"{word}の新しい会", "kana": "", "legal_form": "npo", "email": ""}},
        ),
        "claim": ClaimFactory(resource=resource, message=f"{word}の代表です"),
        "verificationask": AskFactory(resource=resource, state="call"),
        "verificationcampaign": VerificationCampaign.objects.create(
            name=f"{word}の確認", area=district, first_day=date(2026, 11, 1), last_day=date(2026, 12, 1)
        ),
        "visit": Visit.objects.create(
            key=word,
            date=date(2026, 11, 1),
            district=district,
            kind="salon",
            name=f"{word}会館",
            outcome="visited",
        ),
        "freshnesspolicy": FreshnessPolicy.objects.create(municipality=district.municipality),
        "deletedentry": gone,
        "duplicatecandidate": pair,
        "resource": resource,
        "organization": organization,
        "venue": venue,
        "verification": record,
        "mistakereport": report,
    }
    return Place(district, rows)


@dataclass
class TwoPlaces:
    own: Place
    foreign: Place


def build_two_places() -> TwoPlaces:
    """「じぶん」の地区 and 「よそ」の地区, in two areas of two municipalities."""
    places = []
    for word in ("じぶん", "よそ"):
        municipality = MunicipalityFactory()
        district = DistrictFactory(parent=AreaFactory(parent=municipality))
        place = build_place(district, word)
        place.rows["importrun"] = ImportRun.objects.create(
            municipality=municipality, file_name=f"{word}.csv", file_hash=word, layout="generic"
        )
        place.rows |= {
            "category": CategoryFactory(code="salon"),
            "audience": AudienceFactory(),
            "feature": FeatureFactory(),
        }
        places.append(place)
    return TwoPlaces(*places)
