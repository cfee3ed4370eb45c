"""Walk through every public address once and keep what came back."""

from __future__ import annotations

from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.project.routes import visits
from tests.project.world import World


@dataclass(frozen=True)
class Visit:
    """One address and its answer. `page` is the parsed HTML of a whole page that answered 200, else None."""

    path: str
    declared: int
    status: int
    policy: str
    page: BeautifulSoup | None


@dataclass(frozen=True)
class Walk:
    """All visits, and the links of the pages that lead nowhere: (link, page it stands on, status)."""

    visits: tuple[Visit, ...]
    broken_links: tuple[tuple[str, str, int], ...]

    @property
    def pages(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.page]


def _visit(client: Client, path: str, declared: int) -> Visit:
    response = client.get(path)
    policy = response.headers.get("Content-Security-Policy", "")
    return Visit(path, declared, response.status_code, policy, _parsed(response))


def _parsed(response: HttpResponse) -> BeautifulSoup | None:
    if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
        return None
    return BeautifulSoup(response.content, "html.parser")


def _links(visited: list[Visit]) -> dict[str, str]:
    """Every link within the site → the first page it stands on."""
    links: dict[str, str] = {}
    for visit in visited:
        for anchor in visit.page.find_all("a", href=True) if visit.page else ():
            href = anchor["href"].split("#")[0]
            if href.startswith("/") and not href.startswith(("//", "/media/", "/static/", "/admin/")):
                links.setdefault(href, visit.path)
    return links


def walk(client: Client, world: World) -> Walk:
    """Visit what `routes` declares, then follow every link found there once."""
    visited = [_visit(client, path, declared) for _route, path, declared in visits(world)]
    followed = [(href, path, client.get(href).status_code) for href, path in sorted(_links(visited).items())]
    return Walk(tuple(visited), tuple(link for link in followed if link[2] >= 400))
