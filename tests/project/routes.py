"""Every public address, read from the URLconf, and what a sweep needs to know to visit it.

A route without arguments is expected to answer 200 to anyone. What behaves otherwise stands in `EXPECTED`; a route
with arguments needs a sample in `SAMPLES`. A route nobody thought of fails the sweep and names this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from directory.ask_tokens import mail_token
from directory.models import VerificationAsk
from directory.registration_answers import said_of
from directory.registration_forms import STEPS
from directory.services.registrations import begin, find, save_step
from events.models import Event, Opportunity, Report, SignUp
from events.services.removals import request_removal
from events.services.signups import sign_up
from events.signup_tokens import token_of
from tests.factories.asks import AskFactory
from tests.factories.directory import CategoryFactory, PhotoFactory
from tests.factories.events import EventFactory, OpportunityFactory, ReportFactory
from tests.factories.registrations import REACH, WHAT, WHO
from tests.project.world import RECEIPT, World

#: Prefix of addresses that are not ours to sweep → reason.
NOT_PUBLIC = {
    "admin/": "Wagtail's own screens; roles are tested where they are granted",
    "static/": "files",
    "media/": "photos, by consent: tests/directory/test_photo_files.py",
    "documents/": "Wagtail's own serving of documents, by collection",
    "_util/": "Wagtail's password pages for private pages, which we do not use",
}


@dataclass(frozen=True)
class Route:
    """One address pattern: as written in the URLconf (prefixes joined), and the names of its arguments."""

    pattern: str
    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What a plain GET by a stranger answers, and why that is not 200."""

    status: int
    why: str


@dataclass(frozen=True)
class Sample:
    """How to fill a route's arguments from the small world of the sweep, and what it answers."""

    path: Callable[[World], str]
    status: int = 200


EXPECTED: dict[str, Expected] = {
    "account/": Expected(302, "asks to log in"),
    "account/login/": Expected(302, "the one login"),
    "account/login/code/": Expected(302, "the one login"),
    "login/code/": Expected(302, "only after an address was typed"),
    "account/confirm/": Expected(302, "only while an address is being confirmed"),
    "account/logout/": Expected(302, "nobody is logged in"),
    "account/reauthenticate/": Expected(302, "asks to log in"),
    "account/email/": Expected(302, "asks to log in"),
    "account/password/change/": Expected(302, "asks to log in"),
    "account/password/set/": Expected(302, "asks to log in"),
    "account/password/reset/code/": Expected(302, "only after an address was typed"),
    "account/password/reset/new/": Expected(302, "only after the code"),
    "account/2fa/": Expected(302, "asks to log in"),
    "account/2fa/authenticate/": Expected(302, "only in the middle of a login"),
    "account/2fa/reauthenticate/": Expected(302, "asks to log in"),
    "account/2fa/totp/activate/": Expected(302, "asks to log in"),
    "account/2fa/totp/deactivate/": Expected(302, "asks to log in"),
    "account/2fa/recovery-codes/": Expected(302, "asks to log in"),
    "account/2fa/recovery-codes/generate/": Expected(302, "asks to log in"),
    "account/2fa/recovery-codes/download/": Expected(302, "asks to log in"),
    "account/2fa/webauthn/": Expected(302, "asks to log in"),
    "account/2fa/webauthn/add/": Expected(302, "asks to log in"),
    "account/2fa/webauthn/reauthenticate/": Expected(302, "asks to log in"),
    "account/2fa/webauthn/login/": Expected(302, "a question for scripts"),
    "account/logout-everywhere/": Expected(302, "asks to log in"),
    "events/month/": Expected(302, "leads to the present month"),
    "favicon.ico": Expected(302, "the mark lies with the static files"),
    "logout/": Expected(302, "a stranger has nobody to log out"),
    "mypage/": Expected(302, "asks to log in"),
    "mypage/home/": Expected(302, "asks to log in"),
    "mypage/settings/": Expected(302, "asks to log in"),
    "mypage/wish/": Expected(405, "wishes are pressed, not opened"),
    "mypage/data/": Expected(302, "asks to log in"),
    "mypage/data/download/": Expected(302, "asks to log in"),
    "mypage/delete/": Expected(302, "asks to log in"),
    "mypage/favourites/": Expected(302, "asks to log in"),
    "mypage/kinds/": Expected(302, "asks to log in"),
}

#: How the pages of one entry continue after `/r/CODE/`.
OF_AN_ENTRY = ("", "print/", "read/", "read.txt", "calendar.ics", "qr.svg", "mistake/")


def ask_link(world: World) -> str:
    """The secret of a mail that asks about the entry of the world."""
    found = VerificationAsk.objects.filter(resource=world.resource).first()
    return mail_token(found or AskFactory(resource=world.resource))


#: How the pages of a group's desk continue after `/group/CODE/`: they ask to log in.
OF_A_GROUP = ("", "new/", "members/", "profile/")
OF_A_GROUPS_ENTRY = (
    "",
    "preview/",
    "photos/",
    "pause/",
    "room/",
    "notice/",
    "dates/",
    "close/",
)
#: Buttons: pressed, not opened.
PRESSED_AT_THE_DESK = ("send/", "confirm/", "undo/")


def join_link(world: World) -> str:
    """The secret of a registration with all three steps filled in."""
    secret = begin(number="sweep")
    kind = CategoryFactory(code="sweep-kind", parent=CategoryFactory(code="sweep-element"))
    answers = {"who": WHO, "what": WHAT | {"category": kind.pk}, "reach": REACH}
    for step, form_class in STEPS.values():
        form = form_class(answers[step])
        assert form.is_valid(), form.errors
        save_step(find(secret), step=step, answers=said_of(form), secret=secret)
    return secret


def report_link(world: World, tail: str = "") -> str:
    """A report of the group of the world."""
    kept = Report.objects.filter(organization=world.organization).first()
    report = kept or ReportFactory(organization=world.organization, district=world.district)
    return f"{report.get_absolute_url()}{tail}"


def removal_link(world: World) -> str:
    """The receipt of a request to take a photo away."""
    report = Report.objects.get(code=report_link(world).split("/")[-2])
    request_removal(report=report, receipt=RECEIPT, photo=PhotoFactory())
    return report_link(world, f"remove/{RECEIPT}/")


def post_of(world: World) -> Opportunity:
    """A post on the board of the world's group."""
    found = Opportunity.objects.filter(organization=world.organization).first()
    return found or OpportunityFactory(organization=world.organization, district=world.district)


def open_event(world: World) -> Event:
    """An event of the world's group that takes sign-ups."""
    found = Event.objects.filter(organization=world.organization, signup_policy="open").first()
    return found or EventFactory(
        organization=world.organization, district=world.district, signup_policy="open"
    )


def signup_link(world: World) -> str:
    """The secret of a sign-up with a seat."""
    event = open_event(world)
    found = SignUp.objects.filter(event=event).first()
    said = {"event": event, "date": event.dates.first(), "name": "はな", "email": "hana@example.jp"}
    return token_of(found or sign_up(**said).signup)


#: How the pages of a group's exchange continue after `/group/CODE/`: they ask to log in.
EXCHANGE_OF_A_GROUP = {
    "gatherings/": "gatherings/",
    "gatherings/<str:event>/": "gatherings/7K3QF/",
    "gatherings/<str:event>/people/": "gatherings/7K3QF/people/",
    "board/": "board/",
    "board/new/": "board/new/",
    "board/<str:post>/": "board/7K3QF/",
    "board/<str:post>/edit/": "board/7K3QF/edit/",
    "introductions/": "introductions/",
    "introductions/new/<str:to>/": "introductions/new/7K3QF/",
    "introductions/<str:introduction>/": "introductions/7K3QF/",
}


#: The organiser's pages of an event.
AT_THE_DOOR = (
    "",
    "signup/",
    "message/",
    "message/<int:number>/",
    "<uuid:date>/",
    "<uuid:date>/sheet/",
    "<uuid:date>/walk-in/",
    "<uuid:date>/attendance/",
)


def named(tail: str) -> str:
    """The end of an address with a number and a date that nobody has."""
    return tail.replace("<int:number>", "1").replace("<uuid:date>", str(UUID(int=1)))


SAMPLES: dict[str, Sample] = {
    "e/<str:code>/": Sample(lambda world: f"/e/{open_event(world).code}/"),
    "e/<str:code>/calendar.ics": Sample(lambda world: f"/e/{open_event(world).code}/calendar.ics"),
    "events/month/<str:month>/": Sample(lambda world: f"/events/month/{timezone.localdate():%Y-%m}/"),
    "e/<str:code>/signup/": Sample(lambda world: f"/e/{open_event(world).code}/signup/", 302),
    "e/<str:code>/signup/<uuid:date>/": Sample(
        lambda world: f"/e/{open_event(world).code}/signup/{open_event(world).dates.first().uuid}/"
    ),
    **{
        f"signup/<str:token>/{tail}": Sample(lambda world, tail=tail: f"/signup/{signup_link(world)}/{tail}")
        for tail in ("", "done/", "calendar.ics")
    },
    **{
        f"group/<str:code>/{pattern}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/{tail}", 302
        )
        for pattern, tail in EXCHANGE_OF_A_GROUP.items()
    },
    "group/<str:code>/board/<str:post>/now/": Sample(
        lambda world: f"/group/{world.organization.code}/board/7K3QF/now/", 405
    ),
    "group/<str:code>/board/<str:post>/answers/<int:number>/": Sample(
        lambda world: f"/group/{world.organization.code}/board/7K3QF/answers/1/", 405
    ),
    **{
        f"board/<str:code>/{tail}": Sample(lambda world, tail=tail: f"/board/{post_of(world).code}/{tail}")
        for tail in ("", "answer/", "answered/")
    },
    "e/<str:code>/take-part/": Sample(lambda world: f"/e/{open_event(world).code}/take-part/", 302),
    "o/<str:code>/introduction/": Sample(lambda world: f"/o/{world.organization.code}/introduction/", 302),
    "exchange/<str:token>/": Sample(lambda world: "/exchange/broken/", 404),
    **{
        f"reports/<str:code>/{tail}": Sample(lambda world, tail=tail: report_link(world, tail))
        for tail in ("", "share.png", "remove/")
    },
    "reports/<str:code>/remove/<str:receipt>/": Sample(removal_link),
    **{
        f"group/<str:code>/reports/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/reports/{tail}", 302
        )
        for tail in ("", "new/")
    },
    **{
        f"group/<str:code>/reports/<str:report>/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/reports/7K3QF/{tail}",
            405 if tail in ("send/", "back/") else 302,
        )
        for tail in ("", "edit/", "preview/", "photos/", "send/", "back/")
    },
    "group/<str:code>/reports/<str:report>/photos/<int:number>/": Sample(
        lambda world: f"/group/{world.organization.code}/reports/7K3QF/photos/1/", 302
    ),
    "r/<str:code>/count/": Sample(lambda world: f"/r/{world.resource.code}/count/", 405),
    **{
        f"group/<str:code>/events/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/events/{tail}", 302
        )
        for tail in ("", "new/")
    },
    **{
        f"group/<str:code>/events/<str:event>/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/events/7K3QF/{tail}",
            405 if tail == "send/" else 302,
        )
        for tail in ("edit/", "send/", "preview/", "now/")
    },
    "group/<str:code>/grant/": Sample(lambda world: f"/group/{world.organization.code}/grant/", 302),
    **{
        f"group/<str:code>/events/<str:event>/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/events/7K3QF/{named(tail)}", 302
        )
        for tail in AT_THE_DOOR
    },
    "group/invitation/<str:secret>/": Sample(lambda world: "/group/invitation/nobody-has-this/", 404),
    "group/<str:code>/<str:entry>/edit/<str:part>/": Sample(
        lambda world: f"/group/{world.organization.code}/{world.resource.code}/edit/when/", 302
    ),
    **{
        f"group/<str:code>/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/{tail}", 302
        )
        for tail in OF_A_GROUP
    },
    "group/<str:code>/<str:entry>/photos/<int:number>/": Sample(
        lambda world: f"/group/{world.organization.code}/{world.resource.code}/photos/1/", 302
    ),
    "group/<str:code>/profile/send/": Sample(
        lambda world: f"/group/{world.organization.code}/profile/send/", 405
    ),
    **{
        f"group/<str:code>/<str:entry>/{tail}": Sample(
            lambda world, tail=tail: f"/group/{world.organization.code}/{world.resource.code}/{tail}",
            405 if tail in PRESSED_AT_THE_DESK else 302,
        )
        for tail in (*OF_A_GROUPS_ENTRY, *PRESSED_AT_THE_DESK)
    },
    "r/<str:code>/claim/": Sample(lambda world: f"/r/{world.resource.code}/claim/", 302),
    "o/<str:code>/claim/": Sample(lambda world: f"/o/{world.organization.code}/claim/", 302),
    "join/mine/<str:token>/": Sample(lambda world: "/join/mine/broken/", 404),
    "join/<str:secret>/": Sample(lambda world: f"/join/{join_link(world)}/", 302),
    "join/<str:secret>/<int:number>/": Sample(lambda world: f"/join/{join_link(world)}/2/"),
    "join/<str:secret>/<int:number>/same/": Sample(lambda world: f"/join/{join_link(world)}/1/same/", 405),
    "join/<str:secret>/check/": Sample(lambda world: f"/join/{join_link(world)}/check/"),
    "join/<str:secret>/done/": Sample(lambda world: f"/join/{join_link(world)}/done/", 302),
    "mypage/searches/<int:pk>/": Sample(lambda world: "/mypage/searches/1/", 302),
    "invitation/<str:secret>/": Sample(lambda world: "/invitation/nobody-has-this/", 404),
    "account/2fa/webauthn/keys/<int:pk>/remove/": Sample(
        lambda world: "/account/2fa/webauthn/keys/1/remove/", 302
    ),
    "account/2fa/webauthn/keys/<int:pk>/edit/": Sample(
        lambda world: "/account/2fa/webauthn/keys/1/edit/", 302
    ),
    "api/postal/<str:code>/": Sample(lambda world: "/api/postal/1570062/"),
    "areas/<path:path>/": Sample(lambda world: world.district.get_absolute_url()),
    "sitemap-<str:section>.xml": Sample(lambda world: "/sitemap-resources.xml"),
    **{
        f"confirm/<str:token>/{tail}": Sample(lambda world, tail=tail: f"/confirm/{ask_link(world)}/{tail}")
        for tail in ("", "changed/", "all/")
    },
    "ask/campaign/<int:pk>/sheets/": Sample(
        lambda world: "/ask/campaign/1/sheets/", 404
    ),  # staff of the place only
    "ask/<str:code>/sheet/": Sample(lambda world: "/ask/7K3QFABC/sheet/", 404),  # staff of the place only
    "ask/<str:code>/qr.svg": Sample(lambda world: "/ask/7K3QFABC/qr.svg", 404),
    "o/<str:code>/": Sample(lambda world: f"/o/{world.organization.code}/"),
    "r/<str:code>/mistake/<str:receipt>/": Sample(lambda w: f"/r/{w.resource.code}/mistake/{RECEIPT}/"),
    **{
        f"r/<str:code>/{tail}": Sample(lambda world, tail=tail: f"/r/{world.resource.code}/{tail}")
        for tail in OF_AN_ENTRY
    },
}


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, names: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if any(pattern.startswith(skipped) for skipped in NOT_PUBLIC):
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(
                entry.url_patterns, pattern, f"{names}{entry.namespace}:" if entry.namespace else names
            )
        else:
            yield Route(pattern, f"{names}{entry.name}", tuple(entry.pattern.regex.groupindex))


def public_routes() -> list[Route]:
    """Every public route except Wagtail's catch-all, whose pages have a sweep of their own."""
    routes = _walk(get_resolver().url_patterns, "", "")
    return [route for route in routes if route.name != "wagtail_serve"]


def undeclared() -> list[Route]:
    """Routes with arguments that have no sample."""
    return [route for route in public_routes() if route.arguments and route.pattern not in SAMPLES]


def visits(world: World) -> list[tuple[Route, str, int]]:
    """(route, path to ask for, expected status) for every declared route."""
    found = []
    for route in public_routes():
        if route.pattern in SAMPLES:
            sample = SAMPLES[route.pattern]
            found.append((route, sample.path(world), sample.status))
        elif not route.arguments:
            expected = EXPECTED.get(route.pattern)
            found.append((route, f"/{route.pattern}", expected.status if expected else 200))
    return found
