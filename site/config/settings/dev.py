"""For one's own machine: `make demo`, `make run`."""

from .base import *

DEBUG = env.bool("DEBUG", default=True)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
if DEBUG:
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
SHOW_STYLEGUIDE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys at http://localhost
LOGIN_HINT = "staff@example.jp(職員)、admin@example.jp(管理者)、resident@example.jp(住民)。パスワードはどれも tsunagu-demo です。"
