"""One style sheet a page: `@import` joins many, when static files are collected; beside the source each is linked by itself.

A browser waits for every sheet before it paints, and for an `@import` it waits twice. Joined, nothing is left to wait for.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
FACE = re.compile(r"^@font-face \{[^}]*\}\n", re.MULTILINE)
# What a sheet names by a path from where it stands itself.
NAMED = re.compile(r"""url\((["']?)(?!data:|https?:|[/#])([^)"']+)\1\)""")
Read = Callable[[str], str]


def sheets(name: str, read: Read) -> list[str]:
    """Return what a sheet imports, directly or not, in the order in which it holds, each once; the sheet itself comes last."""
    found: dict[str, None] = {}
    for other in IMPORT.findall(read(name)):
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), other))
        found.update(dict.fromkeys(sheets(there, read)))
    return [*found, name]


def joined(name: str, read: Read) -> str:
    """Return a sheet with the text of what it imports in the place of each `@import`; addresses lead where they did."""
    home = posixpath.dirname(name) or "."

    def text(one: str) -> str:
        here = posixpath.dirname(one)
        return NAMED.sub(lambda found: f"url({posixpath.relpath(posixpath.join(here, found[2]), home)})", own(one))

    def own(one: str) -> str:
        return IMPORT.sub("", read(one))

    return "".join(map(text, sheets(name, read)))


def spare(name: str) -> str:
    """Return the name of a sheet without faces, for readers who spare data."""
    return f"{name.removesuffix('.css')}.spare.css"


def source(name: str) -> str:
    """Return the text of a sheet as it stands beside the code."""
    found = finders.find(name)
    if not found:
        raise ValueError(f"no style sheet {name}")
    with open(found, encoding="utf-8") as file:
        return file.read()


def linked(name: str, spares: bool) -> list[str]:
    """Return the sheets that a page links to where none are joined."""
    return [one for one in sheets(name, source) if not (spares and FACE.search(source(one)))]


class JoinedSheets(CompressedManifestStaticFilesStorage):
    """Static files as they are served: style sheets joined, names from the content, compressed."""

    joins = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join every sheet that imports others, and write a second one without faces; then name and compress all."""
        sheets = [] if dry_run else [name for name in paths if name.endswith(".css")]
        texts = {name: joined(name, lambda one: read_from(paths, one)) for name in sheets if imports(paths, name)}
        for name, text in texts.items():
            self.put(paths, name, text)
            self.put(paths, spare(name), FACE.sub("", text))
        yield from super().post_process(paths, dry_run, **options)

    def put(self, paths: dict[str, Any], name: str, text: str) -> None:
        """Write a sheet among the collected files, and have it named and compressed from there."""
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


def read_from(paths: dict[str, Any], name: str) -> str:
    """Return the text of a file about to be collected, as it stands beside the code."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()


def imports(paths: dict[str, Any], name: str) -> bool:
    """Tell whether a sheet about to be collected imports others."""
    return IMPORT.search(read_from(paths, name)) is not None
