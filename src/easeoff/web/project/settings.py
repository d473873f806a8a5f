"""Django's settings for one person on a laptop, a clinic or a charity; see ``docs`` for the environment variables.

No sessions, no accounts, no admin: nothing that a person types into the planner is kept on the server.
"""

from __future__ import annotations

import os
from pathlib import Path

from easeoff.web.project.secret import secret_key

WEB_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("EASEOFF_DATA_DIR", "var")).resolve()

SECRET_KEY = secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("EASEOFF_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
    if host.strip()
]
#: True where the hub stands behind HTTPS: cookies are then sent over HTTPS only, and browsers are told to stay on it.
HTTPS = os.environ.get("EASEOFF_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "easeoff.web.ui",
    "easeoff.web.medicines",
    "easeoff.web.planning",
    "easeoff.web.library",
]
MIDDLEWARE = [
    "easeoff.web.project.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "easeoff.web.project.limits.RequestSize",
    "django.middleware.common.CommonMiddleware",
    "easeoff.web.project.origin.HiddenOrigin",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "easeoff.web.project.urls"
WSGI_APPLICATION = "easeoff.web.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["easeoff.web.ui.context.page"]},
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "easeoff.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("EASEOFF_TIME_ZONE", "Europe/London")
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # ends with the browser session
CSRF_FAILURE_VIEW = "easeoff.web.ui.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
#: Our own middleware sends X-Frame-Options. Subdomains, the preload list and the redirect to HTTPS are for whoever runs
#: the domain and the proxy before us.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W008", "security.W021"]

#: One saved plan at most, and a little room for the form fields around it.
MAX_UPLOAD_BYTES = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES + 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
#: Uploads stay in memory, so that no health data is left behind in a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE

#: Only the level and the place of a fault are logged: a message or an address could hold what a person typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"bare": {"()": "easeoff.web.project.logs.BareFormatter"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "bare", "level": "ERROR"}},
    "root": {"handlers": ["errors"], "level": "ERROR"},
    "loggers": {"django": {"handlers": ["errors"], "level": "ERROR", "propagate": False}},
}
LOGGING_CONFIG = "logging.config.dictConfig"
