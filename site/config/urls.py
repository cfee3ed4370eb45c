"""Every address of the site. Wagtail's pages come last: they take what is left."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/", include("areas.urls")),
    path("", include("members.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "pages.error_views.bad_request"
handler403 = "pages.error_views.permission_denied"
handler404 = "pages.error_views.page_not_found"
handler500 = "pages.error_views.server_error"
