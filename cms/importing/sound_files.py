"""Recordings beside a CSV, looked at before anything is saved."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from cms.importing.errors import CellError
from media.hearing.files import SoundNotTaken, look
from media.models import Sound

KEPT = re.compile(r"录音\s*([0-9]{1,9})")
"""A recording that the library has, by the number that its page in the admin has."""


@dataclass(frozen=True)
class Take:
    """A recording by its SHA-256; `name` and `folder` say where a new one lies."""

    digest: str = ""
    name: str = field(default="", compare=False)
    folder: Path = field(default=Path(), compare=False)


def sound_path(folder: Path, name: str) -> Path:
    """Return the file of a recording; only plain names in the folder `sounds` are followed, and no link, not of the folder either."""
    if Path(name).name != name or "\\" in name or name.startswith("."):
        raise CellError(f"“{name}”不是文件名。录音放在 CSV 旁的 sounds 文件夹里，只写文件名。")
    path = folder / "sounds" / name
    if not path.is_file() or path.resolve().parent != folder.resolve() / "sounds":
        raise CellError(f"sounds 文件夹里没有“{name}”。")
    return path


def sound_digest(folder: Path, name: str) -> str:
    """Check that a file is a recording that the library takes, as an upload is checked, and return its SHA-256."""
    path = sound_path(folder, name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if not Sound.objects.filter(digest=digest).exists():
        try:
            with path.open("rb") as file:
                look(file, name)
        except SoundNotTaken as reason:
            raise CellError(f"录音“{name}”不能收：{reason}") from None
    return digest


def kept_sound(number: int) -> str:
    """Return the SHA-256 of a recording of the library; CellError where there is none of that number."""
    digest = Sound.objects.filter(pk=number).values_list("digest", flat=True).first()
    if not digest:
        raise CellError(f"馆里没有 {number} 号录音。")
    return digest
