"""What search engines may list of events. `config` puts these beside the register's sections."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from .models import Event, Opportunity, Report


class EventSitemap(Sitemap):
    """Public events to come, and those without a date yet."""

    changefreq = "daily"
    limit = 5_000

    def items(self) -> QuerySet[Event]:
        coming = Q(last_date__gte=timezone.localdate()) | Q(last_date__isnull=True)
        return Event.objects.published().filter(coming).only("code", "updated_at").order_by("pk")

    def lastmod(self, item: Event) -> datetime:
        return item.updated_at


class ReportSitemap(Sitemap):
    """Public reports."""

    changefreq = "monthly"
    limit = 5_000

    def items(self) -> QuerySet[Report]:
        return Report.objects.published().only("code", "updated_at").order_by("pk")

    def lastmod(self, item: Report) -> datetime:
        return item.updated_at


class OpportunitySitemap(Sitemap):
    """Posts on the board that are still wanted."""

    changefreq = "weekly"
    limit = 5_000

    def items(self) -> QuerySet[Opportunity]:
        wanted = Opportunity.objects.published().open_on(timezone.localdate())
        return wanted.only("code", "updated_at").order_by("pk")

    def lastmod(self, item: Opportunity) -> datetime:
        return item.updated_at


class CalendarSitemap(Sitemap):
    """Pages of events and reports that are always there."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return ["events:calendar", "events:reports", "events:cases", "events:presentations", "events:board"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "calendar": CalendarSitemap,
    "events": EventSitemap,
    "reports": ReportSitemap,
    "opportunities": OpportunitySitemap,
}
