"""Django settings. What an installation may change is in `environment.py`; everything here follows from it."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from hustings.postroom.rules.providers import provider_of
from hustings.project import environment, keys

HUSTINGS_HOME = environment.home()
HUSTINGS_KEYS = environment.keys_folder()
HUSTINGS_MODE = environment.read("HUSTINGS_MODE")
HUSTINGS_ADDRESS = environment.read("HUSTINGS_ADDRESS").rstrip("/")
HUSTINGS_WIRING = "hustings.project.wiring"
HUSTINGS_SMTP = environment.read("HUSTINGS_SMTP")
HUSTINGS_SMTP_CONNECTIONS = int(environment.read("HUSTINGS_SMTP_CONNECTIONS"))
HUSTINGS_MAIL_FROM = environment.read("HUSTINGS_MAIL_FROM")
HUSTINGS_MAIL_WEBHOOK = environment.read("HUSTINGS_MAIL_WEBHOOK")
HUSTINGS_TEXT_PROVIDER = environment.read("HUSTINGS_TEXT_PROVIDER")
HUSTINGS_TEXT_TOKEN = environment.read("HUSTINGS_TEXT_TOKEN")
HUSTINGS_TEXT_FROM = environment.read("HUSTINGS_TEXT_FROM")
HUSTINGS_TEXT_CONNECTIONS = int(environment.read("HUSTINGS_TEXT_CONNECTIONS"))
HUSTINGS_TEXT_SECRET = environment.read("HUSTINGS_TEXT_SECRET")
HUSTINGS_TEXT_PENCE = Decimal(environment.read("HUSTINGS_TEXT_PENCE"))
HUSTINGS_DKIM_SELECTORS = tuple(
    selector.strip()
    for selector in environment.read("HUSTINGS_DKIM_SELECTORS").split(",")
    if selector.strip()
)
HUSTINGS_DNS = environment.read("HUSTINGS_DNS")
HUSTINGS_TILES = environment.read("HUSTINGS_TILES")
HUSTINGS_META_API = environment.read("HUSTINGS_META_API").rstrip("/")
HUSTINGS_DUCKDB_MEMORY = environment.read("HUSTINGS_DUCKDB_MEMORY")
HUSTINGS_TRUSTED_PROXIES = tuple(
    network.strip() for network in environment.read("HUSTINGS_TRUSTED_PROXIES").split(",") if network.strip()
)

if HUSTINGS_MODE == "test":
    keys.make_keys(folder=HUSTINGS_KEYS)
_keys = keys.throwaway_keys() if HUSTINGS_MODE == "files" else keys.read_keys(folder=HUSTINGS_KEYS)
SECRET_KEY = _keys.secret
HUSTINGS_FIELD_KEYS = _keys.fields
HUSTINGS_SUPPRESSION_KEY = _keys.suppression
HUSTINGS_LEDGER_KEY = _keys.ledger
HUSTINGS_LEDGER_KEPT = HUSTINGS_KEYS / "ledger-checkpoint"

_address = urlsplit(HUSTINGS_ADDRESS)
_is_secure = _address.scheme == "https"
DEBUG = False
ALLOWED_HOSTS = [
    _address.hostname or "localhost",
    *filter(None, environment.read("HUSTINGS_HOSTS").split(",")),
]
if HUSTINGS_MODE in {"demo", "test"}:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "testserver"]
CSRF_TRUSTED_ORIGINS = [HUSTINGS_ADDRESS]

INSTALLED_APPS = [
    "hustings.desk",
    "hustings.website",
    "hustings.openness",
    "hustings.adwatch",
    "hustings.outreach",
    "hustings.actions",
    "hustings.support",
    "hustings.volunteers",
    "hustings.postroom",
    "hustings.clearance",
    "hustings.money",
    "hustings.contacts",
    "hustings.register",
    "hustings.people",
    "hustings.accounts",
    "hustings.elections",
    "hustings.places",
    "hustings.platform",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_htmx",
    "leaflet",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hustings.accounts.middleware.DeskPolicyMiddleware",
    "hustings.platform.client_address.ClientAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hustings.platform.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hustings.accounts.middleware.AccountPaceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "hustings.project.urls"
WSGI_APPLICATION = "hustings.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hustings.project.wiring.page_context",
            ],
        },
    },
]

#: What every connection to SQLite says first.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864; "
    # Zeros where something was deleted: `platform/freed_pages.py`.
    "PRAGMA secure_delete=ON;"
)
_SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": SQLITE_PRAGMAS,
}
if HUSTINGS_MODE == "files":
    _database: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
elif environment.read("DATABASE_URL"):
    _database = dict(
        dj_database_url.parse(environment.read("DATABASE_URL"), conn_max_age=600, conn_health_checks=True)
    )
else:
    HUSTINGS_HOME.mkdir(parents=True, exist_ok=True)
    _database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HUSTINGS_HOME / "hustings.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": _SQLITE_OPTIONS,
    }
DATABASES = {"default": _database}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HUSTINGS_HOME / "run" / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
if HUSTINGS_MODE == "test":
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

_REDIS = environment.read("REDIS_URL")
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "hustings.platform.jobs.backend.DatabaseQueue", "QUEUES": ["default", "mail"]}
}
if _REDIS:
    INSTALLED_APPS.append("django_rq")
    RQ_QUEUES = {"default": {"URL": _REDIS}, "mail": {"URL": _REDIS}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default", "mail"]}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "hustings.accounts.backends.AppointmentBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
if HUSTINGS_MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "hustings.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ADAPTER = "hustings.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_secure

EMAIL_BACKEND = "hustings.postroom.email_backend.AccountEmailBackend"
DEFAULT_FROM_EMAIL = HUSTINGS_MAIL_FROM
_mail_provider = provider_of(setting=HUSTINGS_MAIL_WEBHOOK)
ANYMAIL = {} if _mail_provider is None else {_mail_provider[1].setting: _mail_provider[2]}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HUSTINGS_HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HUSTINGS_HOME / "media"
WHITENOISE_USE_FINDERS = HUSTINGS_MODE == "test"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if HUSTINGS_MODE == "test":
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if _is_secure else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/desk/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *([_tiles] if (_tiles := HUSTINGS_TILES.split("/{", 1)[0]) else [])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

WAGTAIL_SITE_NAME = "Hustings"
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_AGING_PAGES_ENABLED = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_PRIVATE_PAGES = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "txt", "xlsx"]
WAGTAILADMIN_BASE_URL = HUSTINGS_ADDRESS
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
