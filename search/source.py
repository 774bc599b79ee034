"""Where documents come from: the class that settings.SEARCH_SOURCE names."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from search.document import Source


def source() -> Source:
    """A new instance of the site's source."""
    return cast(Source, import_string(settings.SEARCH_SOURCE)())
