"""Pictures for packs: the sizes that were made when they were saved; an original is never decoded here."""

import io
from dataclasses import dataclass

from PIL import Image as Pillow

from media.models import Image
from media.renditions import WIDTHS, ready

PRINTED = 900
"""Pixels at most, each way: 300 dots an inch on the 76 mm that a picture has on the sheet."""
JPEG_QUALITY = 85


@dataclass(frozen=True)
class Ready:
    """One size of a picture as it is kept: WebP bytes and pixels."""

    data: bytes
    width: int
    height: int


def read(image: Image, width: int = WIDTHS[-1]) -> Ready | None:
    """Return the largest size up to `width` pixels; None where none was made or none can be read."""
    sizes = ready(image)
    for wide in sorted((w for w in sizes if w <= width), reverse=True):
        try:
            with sizes[wide].file.open("rb") as file:
                data = file.read()
            with Pillow.open(io.BytesIO(data)) as picture:
                picture.load()
                return Ready(data, *picture.size)
        except (OSError, ValueError, SyntaxError):
            # Gone from the disk or damaged: perhaps a smaller one is whole. Pillow says a broken file in these ways.
            continue
    return None


def jpeg(kept: Ready) -> bytes:
    """Return a picture for print as JPEG on white: a PDF holds that as it is, and WebP only unpacked."""
    with Pillow.open(io.BytesIO(kept.data)) as picture:
        drawn = picture.convert("RGBA")
        white = Pillow.new("RGBA", drawn.size, "white")
        flat = Pillow.alpha_composite(white, drawn).convert("RGB")
    flat.thumbnail((PRINTED, PRINTED))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()
