"""What search engines may list of the register. `config` puts these beside the pages' own section."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from areas.models import Area

from .models import Organization, Resource


class ResourceSitemap(Sitemap):
    """Public entries."""

    changefreq = "weekly"
    limit = 5_000

    def items(self) -> QuerySet[Resource]:
        return Resource.objects.published().only("code", "updated_at").order_by("pk")

    def lastmod(self, item: Resource) -> datetime:
        return item.updated_at


class OrganizationSitemap(Sitemap):
    """Public organizations."""

    changefreq = "monthly"
    limit = 5_000

    def items(self) -> QuerySet[Organization]:
        return Organization.objects.published().only("code", "updated_at").order_by("pk")

    def lastmod(self, item: Organization) -> datetime:
        return item.updated_at


class AreaSitemap(Sitemap):
    """Municipalities, areas, districts."""

    changefreq = "weekly"

    def items(self) -> QuerySet[Area]:
        rows = Area.objects.select_related("parent__parent").defer("boundary")
        return rows.in_order()


class FixedSitemap(Sitemap):
    """Pages of the register that are always there."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return ["directory:find", "directory:areas", "directory:desk"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "register": FixedSitemap,
    "resources": ResourceSitemap,
    "organizations": OrganizationSitemap,
    "areas": AreaSitemap,
}
