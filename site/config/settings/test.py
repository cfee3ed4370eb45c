"""For the test suite. Every change from `base` is for speed or for determinism."""

import os

from .base import *

SECRET_KEY = "test-key"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; never outside tests
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-media"
PRIVATE_ROOT = VAR_DIR / "test-private"
WHITENOISE_AUTOREFRESH = True
SHOW_STYLEGUIDE = True
LOGGING["root"]["level"] = "ERROR"
# TEST_DATABASE_URL points the same suite at PostgreSQL; without it SQLite is used.
if env("TEST_DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("TEST_DATABASE_URL")}
# A cluster for the tests of that engine (scripts/with_cluster.py sets it). Each process has indexes of its own.
SEARCH_ENGINE = "database"
ELASTICSEARCH_URLS = env.list("TEST_ELASTICSEARCH_URLS", default=[])
ELASTICSEARCH_PREFIX = "tsunagu-test-" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
