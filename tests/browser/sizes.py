"""Sizes of windows, in CSS pixels."""

from playwright.sync_api import ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
#: A desk's window at 400 %: WCAG 1.4.10.
NARROW: ViewportSize = {"width": 320, "height": 640}
