"""Addresses of the frame: display settings, robots, the style guide."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "pages"
urlpatterns = [
    path("display/", views.display_settings, name="display"),
    path("site-map/", views.site_map, name="site_map"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
if getattr(settings, "SHOW_STYLEGUIDE", settings.DEBUG):
    urlpatterns.append(path("styleguide/", views.styleguide, name="styleguide"))
