"""Everything that differs between installations is read here, once, from the environment."""

import sys
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from gisportal.oidc import form_origins, social_apps

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

env = environ.Env()
if (LOCAL_DIR / "env").exists():
    env.read_env(LOCAL_DIR / "env", overwrite=False)

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEMO else [])
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", default="http://127.0.0.1:8000").rstrip("/")
"""Where letters point to."""
SERVES_HTTPS = env.bool("SERVES_HTTPS", default=not DEMO)
PROCESS = env.str("PROCESS", default="command")
"""web, worker or command: web processes answer many small questions, commands a few large ones."""

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "anymail",
    "csp",
    "django_filters",
    "django_vite",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "rest_framework_gis",
    "rules.apps.AutodiscoverRulesConfig",
    "layers",
    "districts",
    "reports",
    "frontend",
    "gisportal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gisportal.middleware.own_time_zone",
    "gisportal.middleware.unavailable_database",
    "gisportal.middleware.too_often",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gisportal.middleware.silent_issuer",
    "gisportal.second_factor.second_factor_of_staff",
    "gisportal.middleware.acting_person",
]

ROOT_URLCONF = "gisportal.urls"
WSGI_APPLICATION = "gisportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# The database --------------------------------------------------------------------------------------------------


def _bundled(package: str, library: str) -> str:
    """The shared library that a wheel carries: newer than the system's, and the one shapely and pyogrio use too."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured(f"{package} is not installed; run make demo or uv sync")
    found = sorted(Path(spec.origin).parents[1].glob(f"{package}.libs/{library}*"))
    if not found:
        raise ImproperlyConfigured(f"{package} carries no {library}; install its wheel, not its source")
    return str(found[0])


GDAL_LIBRARY_PATH = env.str("GDAL_LIBRARY_PATH", default="") or _bundled("pyogrio", "libgdal-")
GEOS_LIBRARY_PATH = env.str("GEOS_LIBRARY_PATH", default="") or _bundled("shapely", "libgeos_c-")

DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.contrib.gis.db.backends.postgis")}
# Planning a parallel query or compiling one costs more than a tile or a page takes (docs/decisions/0004).
# What is prepared there is planned once, without looking at the parameters.
_WEB_PLANNER = "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan"
_PLANNER = _WEB_PLANNER if PROCESS == "web" else "-c jit=off"
# How alike words must be for the search to look at them (docs/decisions/0026).
_LIKENESS = "-c pg_trgm.word_similarity_threshold=0.45"
DATABASES["default"].setdefault("OPTIONS", {})["options"] = f"{_PLANNER} {_LIKENESS}"
if PROCESS == "web":
    # Only what asks for it is prepared (layers/prepared.py), never by how often a text was seen.
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = sys.maxsize
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": env.int("DATABASE_POOL_SIZE", default=16),
        "timeout": 10,
    }
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What sign-in counts against guessing is counted for all processes together (docs/decisions/0016).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}


# People --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "districts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "gisportal.accounts.PasswordBackend",
    "gisportal.accounts.AddressBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "gisportal.adapters.Accounts"
ACCOUNT_FORMS = {
    "login": "gisportal.account_forms.Login",
    "signup": "gisportal.account_forms.Signup",
    "add_email": "gisportal.account_forms.AddEmail",
    "change_password": "gisportal.account_forms.ChangePassword",
    "set_password": "gisportal.account_forms.SetPassword",
    "reset_password": "gisportal.account_forms.ResetPassword",
    "reset_password_from_key": "gisportal.account_forms.ResetPasswordByLink",
    "reauthenticate": "gisportal.account_forms.Reauthenticate",
    "request_login_code": "gisportal.account_forms.AskForCode",
    "confirm_login_code": "gisportal.account_forms.SayCode",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEMO else "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SERVES_HTTPS else "http"
STAFF_MFA = env.bool("STAFF_MFA", default=not DEMO)
"""Whether who works for a city must have a second factor."""
MFA_ADAPTER = "gisportal.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "gisportal.account_forms.Authenticate",
    "reauthenticate": "gisportal.account_forms.ReauthenticateByFactor",
    "activate_totp": "gisportal.account_forms.ActivateTOTP",
    "login_webauthn": "gisportal.account_forms.LoginByKey",
    "authenticate_webauthn": "gisportal.account_forms.AuthenticateByKey",
    "reauthenticate_webauthn": "gisportal.account_forms.ReauthenticateByKey",
    "add_webauthn": "gisportal.account_forms.AddKey",
    "edit_webauthn": "gisportal.account_forms.EditKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVES_HTTPS
# Nobody is signed in here with an address that was never confirmed; a change that waits must not lock the factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", default=[])
SOCIALACCOUNT_FORMS = {"signup": "gisportal.account_forms.ProviderSignup"}
SOCIALACCOUNT_ADAPTER = "gisportal.adapters.Providers"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": social_apps(OIDC_PROVIDERS)}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"


# Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["gisportal.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "uk"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("uk",)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Kyiv"


# Files ---------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(LOCAL_DIR / "media"))
BASE_MAPS_DIR = env.path("BASE_MAPS_DIR", default=str(LOCAL_DIR / "basemaps"))
IMPORT_ACCOUNTS_DIR = env.path("IMPORT_ACCOUNTS_DIR", default=str(LOCAL_DIR / "imports"))
KEPT_ANSWERS_BYTES = env.int("KEPT_ANSWERS_MB", default=64) * 1024 * 1024
"""How much of tiles each web process keeps compressed; it forgets those that nobody asked for longest."""
VERSIONS_HELD_S = env.float("VERSIONS_HELD_S", default=1)
"""How long a web process answers from what it last knew of the data's version; a page's own author never waits."""
DJANGO_VITE = {
    "default": {
        "dev_mode": env.bool("VITE_DEV", default=False),
        "manifest_path": BASE_DIR / "frontend" / "dist" / "manifest.json",
        "static_url_prefix": "",
    }
}


def _vite_names_its_content(path: str, url: str) -> bool:
    return "/assets/" in url


WHITENOISE_IMMUTABLE_FILE_TEST = _vite_names_its_content


# What leaves, and how safely -----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SERVES_HTTPS
SECURE_HSTS_SECONDS = 31536000 if SERVES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVES_HTTPS
SECURE_HSTS_PRELOAD = SERVES_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = SERVES_HTTPS
CSRF_COOKIE_SECURE = SERVES_HTTPS
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *form_origins(OIDC_PROVIDERS)],
        "frame-ancestors": [NONE],
    }
}
ANONYMOUS_REPORTS_AN_HOUR = env.int("ANONYMOUS_REPORTS_AN_HOUR", default=60)
"""From one address of the network; who signs in is counted apart (reports/abuse.py)."""
QUICKEST_REPORT_S = env.float("QUICKEST_REPORT_S", default=3)
"""Nobody reads and fills in a form faster than this; programs do."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

vars().update(
    env.email_url("EMAIL_URL", default="consolemail://") if env.str("EMAIL_URL", default="") else {}
)
EMAIL_CONFIGURED = bool(env.str("EMAIL_URL", default=""))
if not EMAIL_CONFIGURED:
    # A city without mail works: letters are kept as files, and /readyz says so.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(LOCAL_DIR / "mail")
EMAIL_TIMEOUT = 30
"""Seconds; without it a mail server that hangs would hold the worker for good."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="no-reply@localhost")

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["reports.api.parsers.ObjectParser", "rest_framework.parsers.FormParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "reports.api.problems.as_problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Open City map",
    "DESCRIPTION": "Problems of a city: public reports as GeoJSON, and sending a new one.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
