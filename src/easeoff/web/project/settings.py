"""Django's settings for one person on a laptop, a clinic or a charity; see ``docs`` for the environment variables.

Sessions and accounts are for the back office of the directory alone: nothing that a person types into the planner is
kept on the server.
"""

from __future__ import annotations

import os
from pathlib import Path

from easeoff.web.project.database import database
from easeoff.web.project.deployed import country_codes, emergency_numbers
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.staticfiles",
    "easeoff.web.ui",
    "easeoff.web.medicines",
    "easeoff.web.planning",
    "easeoff.web.library",
    "easeoff.web.directory",
    "easeoff.web.onward",
    "easeoff.web.search",
    "easeoff.web.backups",
]
MIDDLEWARE = [
    "easeoff.web.project.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "easeoff.web.project.statics.StaticFiles",
    "django.middleware.locale.LocaleMiddleware",
    "easeoff.web.project.limits.RequestSize",
    "django.middleware.common.CommonMiddleware",
    "easeoff.web.project.origin.HiddenOrigin",
    "django.middleware.csrf.CsrfViewMiddleware",
    # The back office alone uses these; on every other page they ask for nothing and set nothing.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "easeoff.web.directory.back_office.guarding.BackOfficeGuard",
]
ROOT_URLCONF = "easeoff.web.project.urls"
WSGI_APPLICATION = "easeoff.web.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "easeoff.web.ui.context.page",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATABASES = {"default": database(os.environ.get("EASEOFF_DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: The hub is written in British English. A translation is a folder below ``locale`` and one more line here: see
#: docs/how-to/translate.md. The browser of the reader chooses among these.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [WEB_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("EASEOFF_TIME_ZONE", "Europe/London")
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "easeoff.web.project.statics.DigestStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # ends with the browser session
CSRF_FAILURE_VIEW = "easeoff.web.ui.errors.csrf_failure"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 20 * 60  # idle; the back office also ends every session after 12 hours
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
LOGIN_URL = "/back-office/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
#: Our own middleware sends X-Frame-Options. Subdomains, the preload list and the redirect to HTTPS are for whoever runs
#: the domain and the proxy before us.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W008", "security.W021"]

#: Whoever runs the hub sets the emergency number of each country (``EASEOFF_EMERGENCY_NUMBERS=GB=999,US=911``) and says which
#: countries it is for (``EASEOFF_COUNTRIES=GB,IE``). Without a number the words "your local emergency number" stand.
EMERGENCY_NUMBERS = emergency_numbers(os.environ.get("EASEOFF_EMERGENCY_NUMBERS", ""))
CRISIS_COUNTRIES = country_codes(os.environ.get("EASEOFF_COUNTRIES", "GB,IE,US,CA,AU,NZ"))

#: One saved plan at most (a micro-taper of years has over 1 MB), and a little room for the form fields around it.
MAX_UPLOAD_BYTES = 2 * 1024 * 1024
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
