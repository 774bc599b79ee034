"""The recordings beside a folder of books: `audio/zh/0001/03.mp3` reads page 3, `audio/zh/0001.mp3` the whole book.

A text of the same name, as `03.txt`, has the seconds at which the sentences begin.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from media.hearing.files import ENDINGS, SoundNotTaken, look
from media.hearing.times import NoTime, moments, written
from picturebooks.importing.folder import LANGUAGES, Files

SUFFIXES = {f".{ending}" for endings in ENDINGS.values() for ending in endings}
NUMBER = re.compile(r"[0-9]{1,4}")
NONE = -1
"""Stands for page 0, which is no page: 0 is the whole book."""


@dataclass(frozen=True)
class Take:
    """A recording in a folder, and the times of its sentences as they are stored."""

    path: Path
    times: str


def takes_of(files: Files, pages: int) -> tuple[dict[tuple[str, int], Take], list[str]]:
    """Return the recordings of a book by language and page, 0 for the whole, and what is wrong with any."""
    found: dict[tuple[str, int], Take] = {}
    faults: list[str] = []
    for lang in LANGUAGES:
        for path, page in candidates(files.audio / lang, files.key):
            name = str(path.relative_to(files.audio.parent))
            if not 0 <= page <= pages:
                faults.append(_("%(file)s：没有第 %(n)d 页。") % {"file": name, "n": max(page, 0)})
            elif (lang, page) in found:
                faults.append(_("%(file)s：第 %(n)d 页有两份录音。") % {"file": name, "n": page})
            else:
                try:
                    with path.open("rb") as file:
                        look(file, path.name)
                    found[lang, page] = Take(path, times_beside(path))
                except (SoundNotTaken, NoTime) as reason:
                    faults.append(f"{name}{_('：')}{reason}")
                except (OSError, UnicodeDecodeError):
                    faults.append(_("%(file)s：读不出。") % {"file": name})
    return found, faults


def candidates(folder: Path, key: str) -> list[tuple[Path, int]]:
    """Return the sound files of a book in a language, each with the page that it reads."""
    if not folder.is_dir():
        return []
    own = sorted((folder / key).iterdir()) if (folder / key).is_dir() else []
    whole = [(path, 0) for path in sorted(folder.iterdir()) if path.stem == key and path.suffix.lower() in SUFFIXES]
    numbered = [path for path in own if path.suffix.lower() in SUFFIXES and NUMBER.fullmatch(path.stem)]
    return [*whole, *((path, int(path.stem) or NONE) for path in numbered)]


def times_beside(path: Path) -> str:
    """Return the times in the text beside a recording; empty where there is none."""
    text = path.with_suffix(".txt")
    return written(moments(text.read_text("utf-8-sig"))) if text.is_file() else ""
