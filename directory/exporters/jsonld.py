"""Entries and organizations as schema.org JSON-LD, for search engines. Public facts only, whoever looks.

Types and properties are those the offline check of schema.org's own vocabulary accepts (Service with ServiceChannel,
Place, Organization, Event with eventStatus); dates carry their offset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from areas.choices import AreaKind

from ..choices import FeeKind, OccurrenceStatus, PlaceVisibility
from ..entries import Entry
from ..models import Organization
from ..models.contacts import Contact
from ..schedule_words import HeldDate
from ..sns_links import named_links
from ..visibility import Place, served_areas
from .ical_parts import moment

Data = dict[str, Any]
Absolute = Callable[[str], str]

_STATUS = {
    OccurrenceStatus.CANCELLED: "https://schema.org/EventCancelled",
    OccurrenceStatus.MOVED: "https://schema.org/EventRescheduled",
}
_SCHEDULED = "https://schema.org/EventScheduled"


def script(data: Data, nonce: str) -> SafeString:
    """`data` in a <script> element. No text in it can end the element: <, > and & are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter, escape in (
        ("&", "\\u0026"),
        ("<", "\\u003C"),
        (">", "\\u003E"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(letter, escape)
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, mark_safe(text))  # noqa: S308 - escaped above


def entry_data(entry: Entry, absolute: Absolute) -> Data:
    """A Service, and an Event for each coming date. `absolute` makes a full address of a path."""
    url = absolute(entry.resource.get_absolute_url())
    service = _service(entry, url, absolute)
    events = [_event(entry, held, service, url) for held in entry.dates]
    return {"@context": "https://schema.org", "@graph": [service, *events]}


def organization_data(organization: Organization, contacts: Iterable[Contact], absolute: Absolute) -> Data:
    """An Organization, with the contacts given."""
    url = absolute(organization.get_absolute_url())
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": f"{url}#organization",
        "name": organization.name,
        "url": organization.website or url,
        "sameAs": [link.url for link in named_links(organization.sns_links)],
        "description": organization.description,
        "identifier": organization.corporate_number,
        "contactPoint": _contact_points(contacts),
        "areaServed": [
            {"@type": "AdministrativeArea", "name": area.name} for area in organization.areas.all()
        ],
    }
    return filled(data)


def _service(entry: Entry, url: str, absolute: Absolute) -> Data:
    resource, place = entry.resource, entry.place
    channel = {
        "@type": "ServiceChannel",
        "serviceUrl": url,
        "serviceLocation": place_data(place),
        "availableLanguage": ["ja", *resource.languages] if resource.languages else None,
    }
    data = {
        "@type": "Service",
        "@id": f"{url}#service",
        "name": entry.name,
        "alternateName": resource.kana,
        "description": resource.summary or resource.description,
        "serviceType": entry.kind.name if entry.kind else "",
        "url": url,
        "provider": _provider(entry, absolute),
        "areaServed": _area(entry),
        "availableChannel": filled(channel),
        "audience": [{"@type": "Audience", "audienceType": item.name} for item in resource.audiences.all()],
        "offers": _offer(entry),
    }
    return filled(data)


def place_data(place: Place) -> Data | None:
    """A Place, no more exact than `place`; None for one that is not shown."""
    if place.visibility == PlaceVisibility.HIDDEN:
        return None
    exact = place.visibility == PlaceVisibility.EXACT
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "postalCode": place.postal_code,
        "addressLocality": _municipality(place),
        "addressCountry": "JP",
    }
    geo = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lng}
    name = place.name or place.town or (place.district.name if place.district else "")
    data = {
        "@type": "Place",
        "name": name,
        "address": filled(address),
        "geo": geo if exact and place.has_point else None,
    }
    return filled(data) if name or place.address else None


def _event(entry: Entry, held: HeldDate, service: Data, url: str) -> Data:
    data = {
        "@type": "Event",
        "name": entry.name,
        "startDate": moment(held.day, held.start).isoformat(),
        "endDate": moment(held.day, held.end).isoformat() if held.end else None,
        "eventStatus": _STATUS.get(held.status, _SCHEDULED),
        "previousStartDate": held.moved_from.isoformat() if held.moved_from else None,
        "location": place_data(held.place),
        "organizer": service.get("provider"),
        "url": url,
    }
    return filled(data) | is_free(entry.resource.fee_kind)


def _provider(entry: Entry, absolute: Absolute) -> Data | None:
    return named_organization(entry.organization, absolute) if entry.organization is not None else None


def named_organization(organization: Organization, absolute: Absolute) -> Data:
    """A public organization by its name and page."""
    url = absolute(organization.get_absolute_url())
    return {"@type": "Organization", "@id": f"{url}#organization", "name": organization.name, "url": url}


def _area(entry: Entry) -> list[Data]:
    areas = served_areas(entry.resource, entry.place) or ([entry.district] if entry.district else [])
    return [{"@type": "AdministrativeArea", "name": area.name} for area in areas]


def _offer(entry: Entry) -> Data | None:
    resource = entry.resource
    return offer_data(resource.fee_kind, resource.fee_adult)


def offer_data(fee_kind: str, price: int | None) -> Data | None:
    """What it costs, in yen a person; None where nobody said."""
    if fee_kind == FeeKind.FREE:
        return {"@type": "Offer", "price": 0, "priceCurrency": "JPY"}
    return {"@type": "Offer", "price": price, "priceCurrency": "JPY"} if price is not None else None


def is_free(fee_kind: str) -> Data:
    """Whether it costs nothing; no word of it where that is not known."""
    free = {FeeKind.FREE: True, FeeKind.PAID: False}.get(FeeKind(fee_kind))
    return {} if free is None else {"isAccessibleForFree": free}


def _contact_points(contacts: Iterable[Contact]) -> list[Data]:
    points = [
        {
            "@type": "ContactPoint",
            "telephone": contact.phone_e164,
            "faxNumber": contact.fax,
            "email": contact.email,
            "url": contact.url,
        }
        for contact in contacts
    ]
    return [filled(point) for point in points]


def _municipality(place: Place) -> str:
    node = place.district
    while node is not None and node.kind != AreaKind.MUNICIPALITY:
        node = node.parent
    return node.name if node is not None else ""


def filled(data: Data) -> Data:
    """Without what is not known. A price of 0 is known."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
