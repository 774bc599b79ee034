"""The files of packs: whole or not there, the newest few of each tour."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

from cms.catalogue.bilingual import say
from tours.models import Pack

KEPT = 6
"""Files of one tour; an older pack keeps its code and its facts, and can be made again."""


def folder() -> Path:
    """Return the folder of the files, beside what the site serves: a pack is asked for by its guide alone."""
    made = Path(settings.VAR) / "packs"
    made.mkdir(parents=True, exist_ok=True)
    return made


def path_of(pack: Pack) -> Path:
    """Return where a pack's file is, or will be."""
    return folder() / f"{pack.code}.{pack.form}"


def keep(pack: Pack, data: bytes) -> None:
    """Put a file in its place all at once; OSError when the disk is full leaves nothing behind."""
    handle, name = tempfile.mkstemp(dir=folder(), prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path_of(pack))
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def tidy(pack: Pack) -> None:
    """Remove the older files of a tour, and files of packs that are gone with their tour."""
    for old in Pack.objects.filter(tour=pack.tour, state=Pack.State.READY).order_by("-asked_at")[KEPT:]:
        path_of(old).unlink(missing_ok=True)
    files = {file.stem: file for file in folder().iterdir() if not file.name.startswith(".")}
    for code in files.keys() - set(Pack.objects.filter(code__in=files).values_list("code", flat=True)):
        files[code].unlink(missing_ok=True)


def file_name(pack: Pack) -> str:
    """Return what a downloaded file is called: the tour's title without what no file system takes, and the code."""
    title = "".join(c for c in say(pack.tour, "title").text if c.isalnum() or c in " -_，。：（）《》·")[:60].strip()
    return f"{title or 'zhihui'} {pack.code}.{pack.form}"
