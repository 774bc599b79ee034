"""Style sheets as a site serves them, each joined with all that it imports, but made when a page first asks for one.

Beside the source a page links a dozen, which a browser fetches one by one at every page of every test; and axe asks once
more for what they import, by addresses that it works out from the page's, so that each is a page that says "not found".
"""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import StaticFilesStorage

from cms.pages.style_sheets import FACE, IMPORT, joined, source

PLACE = "joined/"
SPARE = ".spare.css"


class Sheets(StaticFilesStorage):
    """Static files beside the source, with joined style sheets in a folder of their own."""

    joins = True

    def url(self, name: str | None) -> str:
        """Return the address of a file; of a style sheet of ours, that of the joined one."""
        return super().url(PLACE + name if name and is_sheet(name) else name)


class Finder(BaseFinder):
    """Finds the joined ones."""

    def find(self, path: str, find_all: bool = False, **_old: Any) -> str | list[str]:
        """Return where a joined sheet was written, an empty list for any other file."""
        name = path.removeprefix(PLACE)
        if name == path or not is_sheet(name):
            return []
        kept = Path(settings.TEST_VAR) / path
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Whole or not at all: a live server answers from several threads.
            with tempfile.NamedTemporaryFile("w", dir=kept.parent, encoding="utf-8", delete=False) as half:
                half.write(text_of(name))
            Path(half.name).replace(kept)
        return [str(kept)] if find_all else str(kept)

    def check(self, **_options: Any) -> list:
        """Have nothing to complain of."""
        return []

    def list(self, ignore_patterns: Any) -> list:
        """Have nothing to collect."""
        return []


@cache
def is_sheet(name: str) -> bool:
    """Tell whether a name is that of a style sheet that imports others, or of its spare one."""
    return name.endswith(".css") and bool(finders.find(whole(name))) and bool(IMPORT.search(source(whole(name))))


def whole(name: str) -> str:
    """Return the name of the sheet that a spare one is made from."""
    return name.removesuffix(SPARE) + ".css" if name.endswith(SPARE) else name


def text_of(name: str) -> str:
    """Return a sheet joined with what it imports, its addresses from where the joined ones stand."""
    there, here = whole(name), PLACE + whole(name)
    up = "../" * here.count("/")
    text = joined(here, lambda one: f'@import "{up}{there}";\n' if one == here else source(one))
    return FACE.sub("", text) if name.endswith(SPARE) else text
