"""Create the editorial pages a new site begins with. Safe to call again: what editors changed stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from areas.models import Area, MunicipalityProfile

from .models import ArticleIndexPage, ArticlePage, BasePage, HomePage, PolicyPage
from .starting_texts import ARTICLES, POLICIES, Words, words_of


@transaction.atomic
def create_site_pages(municipality: Area, *, articles: bool = True, hostname: str = "localhost") -> HomePage:
    """The home page of `municipality` as the default site, with its policies and, if wanted, sample articles."""
    words = words_of(MunicipalityProfile.objects.filter(municipality=municipality).first(), municipality)
    home = _home_page(words)
    _default_site(home, hostname, words)
    for slug, (title, summary, body) in POLICIES.items():
        _ensure(home, PolicyPage, slug=slug, title=title, summary=summary.format(**words), body=body(words))
    if articles:
        _sample_articles(home, words)
    return home


def _home_page(words: Words) -> HomePage:
    existing = HomePage.objects.first()
    if existing:
        return existing
    root = Page.get_first_root_node()
    home = HomePage(title=words["site_name"], slug="home-page", summary=words["tagline"], locale=root.locale)
    root.add_child(instance=home)
    return home


def _default_site(home: HomePage, hostname: str, words: Words) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=hostname, root_page=home, is_default_site=True, site_name=words["site_name"]
        )
        return
    old_root = site.root_page
    if old_root.pk == home.pk:
        return
    site.root_page = home
    site.site_name = words["site_name"]
    site.save()
    # Wagtail's own migration leaves an empty welcome page behind.
    if type(old_root.specific) is Page and not old_root.get_children().exists():
        old_root.delete()


def _sample_articles(home: HomePage, words: Words) -> None:
    index = _ensure(
        home, ArticleIndexPage, slug="news", title="お知らせとまちの話", summary="新しい順に並べています。"
    )
    today = timezone.localdate()
    for days_ago, (slug, kind, title, summary, body) in ARTICLES:
        date = today - dt.timedelta(days=days_ago)
        fields = {"kind": kind, "summary": summary.format(**words), "body": body, "date": date}
        _ensure(index, ArticlePage, slug=slug, title=title, **fields)


def _ensure(parent: Page, model: type[BasePage], *, slug: str, **fields: Any) -> Any:
    """The child page of this name; made and published when there is none."""
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing:
        return existing
    page = model(slug=slug, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
