"""Settings shared by every environment. What differs comes from environment variables (see `.env.example`)."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .accounts import *

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# What the running site writes: the SQLite file, uploads, collected static files.
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

SAMPLE_SECRET_KEY = "sample-key-for-development-only-never-in-production"
SECRET_KEY = env("SECRET_KEY", default=SAMPLE_SECRET_KEY)
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "pages",
    "events",
    "directory",
    "members",
    "areas",
    "mailing",
    "background",
    "search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django_htmx",
    "leaflet",
    "taggit",
    "modelcluster",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "members.users_app.UsersAppConfig",  # wagtail.users with our own user model
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "members.middleware.PatientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pages.middleware.DisplayMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "pages.frame.frame",
            ],
        },
    },
]

# SQLite: WAL lets readers go on beside a writer. IMMEDIATE takes the write lock at BEGIN; with the default
# deferred mode most concurrent read-then-write transactions fail with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
    ),
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tsunagu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    VAR_DIR.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and single-use tokens must survive a restart and be shared by all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "durable": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "durable_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

# A worker silent for this long was killed: another takes up its work.
WORKER_LEASE_SECONDS = env.float("WORKER_LEASE_SECONDS", default=30.0)

# "default" runs at once: Wagtail and its search put small work there. "background" is rows in our database, written
# in the transaction of their cause and done by `manage.py run_worker`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
}

AUTH_USER_MODEL = "members.User"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語"))]
LOCALE_PATHS = [SITE_DIR / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Files that no address leads to, such as uploaded lists with contacts of people.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
# Days the file of an import is kept there after the import ended, or was left lying. Its rows stay.
IMPORT_FILE_KEEP_DAYS = env.int("IMPORT_FILE_KEEP_DAYS", default=14)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # Wagtail's editor posts many fields; the default 1,000 is too few

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Mail is rows in our database, written with their cause; `manage.py run_worker` hands them to MAIL_TRANSPORT.
MAIL_TRANSPORT = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "mailing.backend.OutboxBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds a mail server may be silent
# Where undeliverable mails come back to: an address whose mailbox is given to `manage.py take_in_bounces`.
MAIL_RETURN_PATH = env("MAIL_RETURN_PATH", default="")
# How long the text of a sent mail is kept, to send it again when it comes back. Codes and secret links: not at all.
MAIL_KEEP_DAYS = env.int("MAIL_KEEP_DAYS", default=14)
# Days after an event until what was personal about its sign-ups is erased; an event may say another number.
SIGNUP_ERASE_AFTER_DAYS = env.int("SIGNUP_ERASE_AFTER_DAYS", default=30)
# How long a registration of a group that was begun and never sent waits, and an account whose address nobody confirmed.
REGISTRATION_KEEP_DAYS = env.int("REGISTRATION_KEEP_DAYS", default=30)
UNCONFIRMED_ACCOUNT_KEEP_DAYS = env.int("UNCONFIRMED_ACCOUNT_KEEP_DAYS", default=30)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="つなぐ <tsunagu@example.jp>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

WAGTAIL_SITE_NAME = "つなぐ"
# One country, one time: nobody has to find it among hundreds of English names.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no outside requests
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no outside requests
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "directory.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "directory.admin_photo_form.PhotoForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "txt"]
# Finds parts of Japanese words in every list and chooser of the staff screens (ADR 0016).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.wagtail_backend"}}

# Which engine answers the public search: "database" (nothing to run) or "elasticsearch" (a cluster, OpenSearch as well).
SEARCH_ENGINE = env("SEARCH_ENGINE", default="database")
ELASTICSEARCH_URLS: list[str] = env.list("ELASTICSEARCH_URLS", default=[])
ELASTICSEARCH_FLAVOUR = env("ELASTICSEARCH_FLAVOUR", default="auto")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_USERNAME = env("ELASTICSEARCH_USERNAME", default="")
ELASTICSEARCH_PASSWORD = env("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_CA_CERTS = env("ELASTICSEARCH_CA_CERTS", default="")
ELASTICSEARCH_VERIFY_CERTS = env.bool("ELASTICSEARCH_VERIFY_CERTS", default=True)
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="tsunagu")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=1)
TAGGIT_CASE_INSENSITIVE = True

# The style guide (/styleguide/) shows every component; a public site has no use for it.
SHOW_STYLEGUIDE = env.bool("SHOW_STYLEGUIDE", default=False)

# Days a review may wait before the staff of the area and the curators are told.
REVIEW_ESCALATE_AFTER = env.int("REVIEW_ESCALATE_AFTER", default=7)

# The municipality whose name stands in the header where a page belongs to none (全国地方公共団体コード).
HOME_MUNICIPALITY_CODE = env("HOME_MUNICIPALITY_CODE", default="131121")

# Map tiles are the only outside resource, asked for only after the visitor opens the map.
MAP_TILE_URL = env("MAP_TILE_URL", default="https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png")
MAP_TILE_CREDIT = env("MAP_TILE_CREDIT", default="地理院タイル")
MAP_TILE_CREDIT_URL = "https://maps.gsi.go.jp/development/ichiran.html"

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Wagtail's editor needs inline styles and scripts
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "https://cyberjapandata.gsi.go.jp"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
# How many web servers of ours stand in front and add to X-Forwarded-For: quotas count visitors, not the proxy.
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews of our pages in a frame of its own
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pages.error_views.csrf_failure"

# Only one machine-readable line per event; never a question, a name, an address.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # A line or more for every save, with names of entries and people in it.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # A line for every question, and several for every call to a node that is away: `search.breaker` says that once.
        "elastic_transport": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
