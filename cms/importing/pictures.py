"""Pictures beside a CSV, looked at before anything is saved."""

import hashlib
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from PIL import Image as Picture
from PIL import UnidentifiedImageError

from cms.importing.errors import CellError

FORMATS = {"GIF", "JPEG", "PNG", "WEBP"}


@dataclass(frozen=True)
class Shot:
    """A picture by its SHA-256; `name` and `folder` say where a new one lies."""

    digest: str = ""
    name: str = field(default="", compare=False)
    folder: Path = field(default=Path(), compare=False)


def picture_path(folder: Path, name: str) -> Path:
    """Return the file of a picture; only plain names in the folder `pictures` are followed."""
    if Path(name).name != name or "\\" in name or name.startswith("."):
        raise CellError(f"“{name}”不是文件名。图片放在 CSV 旁的 pictures 文件夹里，只写文件名。")
    path = folder / "pictures" / name
    if not path.is_file() or path.resolve().parent != (folder / "pictures").resolve():
        raise CellError(f"pictures 文件夹里没有“{name}”。")
    return path


def picture_digest(folder: Path, name: str) -> str:
    """Check that a file is a picture of a sensible size, whole to its end, and return its SHA-256."""
    path = picture_path(folder, name)
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise CellError(f"图片“{name}”太大。")
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 megapixels on; our own limit is looked at before anything is decoded.
            warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
            look_at(path, name)
    except CellError:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise CellError(f"“{name}”不是能读的图片。") from None
    except Picture.DecompressionBombError:
        raise CellError(f"图片“{name}”像素太多。") from None
    return hashlib.sha256(path.read_bytes()).hexdigest()


def look_at(path: Path, name: str) -> None:
    """Read a picture to its end; what Pillow says of a broken one passes through."""
    with Picture.open(path) as picture:
        width, height = picture.size
        if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise CellError(f"图片“{name}”像素太多，最多一亿。")
        if picture.format not in FORMATS:
            raise CellError(f"图片“{name}”要是 JPEG、PNG、WebP 或 GIF。")
        picture.draft("RGB", (64, 64))
        picture.load()
