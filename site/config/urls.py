"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import Sitemap as PagesSitemap
from wagtail.documents import urls as wagtaildocs_urls

from directory.sitemaps import SITEMAPS
from directory.views.area import area_page
from directory.views.photo import photo_file
from events.sitemaps import SITEMAPS as EVENT_SITEMAPS

sitemaps = {"pages": PagesSitemap, **SITEMAPS, **EVENT_SITEMAPS}

urlpatterns = [
    # Wagtail's own doors, which know no second factor, lead to the one of the site.
    path("_util/login/", RedirectView.as_view(pattern_name="members:login", query_string=True)),
    path("admin/login/", RedirectView.as_view(pattern_name="members:login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", photo_file, name="photo_file"),
    path("api/", include("areas.urls")),
    path("", include("members.urls")),
    path("", include("members.account_urls")),
    path("", include("pages.urls")),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": sitemaps, "sitemap_url_name": "sitemap_section"}),
    path("sitemap-<str:section>.xml", sitemap_views.sitemap, {"sitemaps": sitemaps}, name="sitemap_section"),
    path("areas/<path:path>/", area_page, name="area"),
    # Before the register: /group/<code>/events/ is no entry of the group.
    path("", include("events.urls")),
    path("", include("directory.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "pages.error_views.bad_request"
handler403 = "pages.error_views.permission_denied"
handler404 = "pages.error_views.page_not_found"
handler500 = "pages.error_views.server_error"
