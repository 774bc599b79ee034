"""Pictures beside a CSV, looked at before anything is saved."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from cms.importing.errors import CellError
from media.models import Image
from media.sandbox import NotTaken, check

KEPT = re.compile(r"图库\s*([0-9]{1,9})")
"""A picture that the library has, by the number that its page in the admin has."""


@dataclass(frozen=True)
class Shot:
    """A picture by its SHA-256; `name` and `folder` say where a new one lies."""

    digest: str = ""
    name: str = field(default="", compare=False)
    folder: Path = field(default=Path(), compare=False)


def picture_path(folder: Path, name: str) -> Path:
    """Return the file of a picture; only plain names in the folder `pictures` are followed, and no link, not of the folder either."""
    if Path(name).name != name or "\\" in name or name.startswith("."):
        raise CellError(f"“{name}”不是文件名。图片放在 CSV 旁的 pictures 文件夹里，只写文件名。")
    path = folder / "pictures" / name
    if not path.is_file() or path.resolve().parent != folder.resolve() / "pictures":
        raise CellError(f"pictures 文件夹里没有“{name}”。")
    return path


def picture_digest(folder: Path, name: str) -> str:
    """Check that a file is a picture that the library takes, as an upload is checked, and return its SHA-256."""
    path = picture_path(folder, name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    # What the library has was looked at when it came.
    if not Image.objects.filter(digest=digest).exists():
        try:
            with path.open("rb") as file:
                check(file, name)
        except NotTaken as reason:
            raise CellError(f"图片“{name}”不能收：{reason.sentence}") from None
    return digest


def kept_digest(number: int) -> str:
    """Return the SHA-256 of a picture of the library; CellError where there is none of that number."""
    digest = Image.objects.filter(pk=number).values_list("digest", flat=True).first()
    if not digest:
        raise CellError(f"图库里没有 {number} 号图。")
    return digest
