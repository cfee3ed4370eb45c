"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap

from directory.sitemaps import SITEMAPS
from directory.views.area import area_page

sitemaps = {"pages": PagesSitemap, **SITEMAPS}

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/", include("areas.urls")),
    path("", include("members.urls")),
    path("", include("pages.urls")),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": sitemaps, "sitemap_url_name": "sitemap_section"}),
    path("sitemap-<str:section>.xml", sitemap_views.sitemap, {"sitemaps": sitemaps}, name="sitemap_section"),
    path("areas/<path:path>/", area_page, name="area"),
    path("", include("directory.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "pages.error_views.bad_request"
handler403 = "pages.error_views.permission_denied"
handler404 = "pages.error_views.page_not_found"
handler500 = "pages.error_views.server_error"
