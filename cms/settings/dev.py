"""Settings for working on the site: reloads, shows errors, needs no secret."""

from cms.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = SECRET_KEY or "for-development-alone"  # noqa: F405
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
