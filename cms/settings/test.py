"""Settings for the tests: quick hashes, static files beside the source, folders of their own."""

import atexit
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import global_settings

from cms.settings.base import *  # noqa: F403
from cms.settings.base import KINDS as on_the_shelf

# A kind that nobody but the tests knows; every test that goes over all kinds goes over it.
TEST_SHELF = ROOT / "tests" / "shelf"  # noqa: F405
sys.path.append(str(TEST_SHELF))
STRANGERS = sorted(path.parent.name for path in TEST_SHELF.glob("*/apps.py"))
PLACE = INSTALLED_APPS.index(on_the_shelf[-1]) + 1  # noqa: F405
INSTALLED_APPS[PLACE:PLACE] = STRANGERS  # noqa: F405
KINDS = [*on_the_shelf, *STRANGERS]
SECRET_KEY = "for-tests-alone"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Style sheets joined as a site serves them, with nothing to collect first.
STORAGES["staticfiles"] = {"BACKEND": "tests.sheets.Sheets"}  # noqa: F405
STATICFILES_FINDERS = ["tests.sheets.Finder", *global_settings.STATICFILES_FINDERS]
AXES_ENABLED = False
# One folder a process, so that xdist workers never share an index or a picture.
TEST_VAR = Path(tempfile.mkdtemp(prefix="zhihui-test-"))
atexit.register(shutil.rmtree, TEST_VAR, ignore_errors=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, because a database in memory locks otherwise than the ones that are served.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_VAR / "test.sqlite3")}  # noqa: F405
VAR = TEST_VAR
MEDIA_ROOT = TEST_VAR / "media"
SEARCH_URL = f"whoosh:{TEST_VAR / 'index'}"
WHITENOISE_AUTOREFRESH = True
# Mended at once: a thread would meet the test's own transaction.
SEARCH_REPAIR = "inline"
# Tasks are done at once, and no worker runs; tests of the worker take the real thing.
TASKS["worker"] = {"BACKEND": "tests.tasks.AfterCommit"}  # noqa: F405
WORKER = "none"
# Numbers of pictures come again after a rollback; sizes remembered from an earlier test would not be made.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
