"""Settings that every installation shares; the only module that reads the environment."""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
SHELVES = ROOT / "collections"
# Appended, never inserted first: Python's own `collections` must keep winning.
sys.path.append(str(SHELVES))
KINDS = sorted(p.parent.name for p in SHELVES.glob("*/apps.py"))

env = environ.Env()
VAR = Path(env("VAR_DIR", default=str(ROOT / "var")))

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
LIBRARY_CODE = env("LIBRARY_CODE", default="XH")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
HSTS_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)

INSTALLED_APPS = [
    "cms.apps.CmsConfig",
    "search.apps.SearchConfig",
    "media.apps.MediaConfig",
    *KINDS,
    "wagtail.contrib.redirects",
    "cms.desk.configs.UsersConfig",
    "wagtail.documents",
    "cms.desk.configs.ImagesConfig",
    "wagtail.snippets",
    "wagtail.embeds",
    "wagtail.admin",
    "cms.desk.configs.SearchConfig",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.pages.nul.NulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.pages.language.LanguageInAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.desk.language.LanguageOfAccount",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.pages.throttle.KnownDeviceMiddleware",
    "cms.pages.redirects.RedirectMiddleware",
    "cms.pages.expired_session.SessionEnded",
    "cms.pages.server_errors.Trouble",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
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
                "django.template.context_processors.i18n",
                "cms.pages.context_processors.spine",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'zhihui.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With stock settings two thirds of eight writers met "database is locked"; with these, none did.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Wrong passwords of one address in a quarter of an hour; cms.pages.throttle says what else is counted.
AXES_FAILURE_LIMIT = 30
AXES_COOLOFF_TIME = 0.25
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "cms.pages.throttle.LoginThrottle"
AXES_LOCKOUT_CALLABLE = "cms.pages.throttle.closed_out"
AXES_CLIENT_IP_CALLABLE = "cms.pages.throttle.client_address"
AXES_USERNAME_CALLABLE = "cms.pages.throttle.tried_name"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [ROOT / "cms" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR / "static")))
# What browsers ask for at the root of every site.
WHITENOISE_ROOT = ROOT / "cms" / "root"
MEDIA_URL = "/files/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "media.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "cms.pages.style_sheets.JoinedSheets"},
}

# Where a login leads that did not come from a page; Django's own default is an address that nobody has.
LOGIN_REDIRECT_URL = "/"
# Without a server for mail nothing is sent, and nothing that would need a letter is offered.
EMAIL_URL = env("EMAIL_URL", default="")
vars().update(environ.Env.email_url_config(EMAIL_URL or "dummymail://"))
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="zhihui@localhost")
WAGTAIL_PASSWORD_RESET_ENABLED = bool(EMAIL_URL)

WAGTAIL_SITE_NAME = "志汇 · 编修室"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.desk.signing_in.SignIn"
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
# cms.pages.redirects notes old addresses in the transaction of the change.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
# Autosave makes a second record when it and the save button meet on a new one.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.desk.admin_search", "AUTO_UPDATE": False}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PictureForm"
# Ours wait in the database for the worker, asked for in the transaction that wants them; Wagtail's own are done at once.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
WORKER = env("WORKER", default="inside")

SEARCH_URL = env("SEARCH_URL", default=f"whoosh:{VAR / 'index'}")
SEARCH_SOURCE = "cms.indexing.source.Source"
MEDIA_ACCESS = "cms.pages.images.ImageAccess"
SEARCH_DRAIN = env("SEARCH_DRAIN", default="inline")

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=20 * 1024 * 1024)

CSRF_FAILURE_VIEW = "cms.pages.expired_session.stale"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail opens its own previews to itself.
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The page of an error stands alone, with its style in it (tests/test_templates.py says what to put here).
        "style-src": [SELF, "'sha256-iWyWT2zntFHFp5XQmXSNgnW1fCaiui0U5+Gx3zbtMIE='"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
