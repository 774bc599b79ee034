"""Settings for a public server: HTTPS alone, and no start with a weak secret or any host."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403

# What Django writes into a new project begins so, and stands in many a repository.
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):  # noqa: F405
    raise ImproperlyConfigured("SECRET_KEY must be a random text of 50 characters or more, made for this site alone.")
if not ALLOWED_HOSTS or any(host.strip("*. ") == "" for host in ALLOWED_HOSTS):  # noqa: F405
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of this site, and never '*' or '.'.")

if not WAGTAILADMIN_BASE_URL.startswith("https://"):  # noqa: F405
    raise ImproperlyConfigured(
        "BASE_URL must be the address of this site, https://…: search engines and QR codes name it."
    )

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
# Both bind every other site under the same domain to HTTPS, some for years: the operator decides.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS_SUBDOMAINS  # noqa: F405
SECURE_HSTS_PRELOAD = HSTS_PRELOAD  # noqa: F405
# `check --deploy` asks for them all the same.
SILENCED_SYSTEM_CHECKS = [
    *([] if HSTS_SUBDOMAINS else ["security.W005"]),  # noqa: F405
    *([] if HSTS_PRELOAD else ["security.W021"]),  # noqa: F405
]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
