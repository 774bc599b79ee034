"""Decoding a picture, run as a program of its own that can be given limits and be lost: it imports nothing but Pillow.

`decoding.py check` reads the picture on standard input to its end; `decoding.py reduce FOLDER NAME:WIDTHxHEIGHT ...` writes
it there as WebP in these sizes too. Either says what it found, or why the picture is not taken, as JSON.
"""

import json
import resource
import sys
import warnings
from errno import ENOSPC
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.ImageFile import ImageFile
from PIL.ImageOps import exif_transpose

MEMORY = 512 * 1024 * 1024
"""Bytes that the program may have of addresses, and so of memory."""
SECONDS = 10
"""Seconds of CPU."""
DECODED = 360 * 1024 * 1024
"""Bytes that a decoded picture may take of that; the rest is for the program and the sizes made."""
PIXELS = 100_000_000
"""Pixels of a picture, and of all frames of an animated one together."""
FORMATS = ("GIF", "JPEG", "PNG", "WEBP")
BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
"""Bytes a pixel as Pillow keeps them; all other modes take four."""
WEBP_BYTES = 16
"""WebP's decoder keeps two canvases and hands over a copy."""
ROWS = 256
QUALITY = 82
"""As in `sizes.py`."""
ORIENTATION, ON_ITS_SIDE = 0x0112, (5, 6, 7, 8)


class Refused(Exception):
    """Why a picture is not taken: a word that the site has a sentence for, and its numbers."""

    def __init__(self, why: str, **numbers: int | str) -> None:
        super().__init__(why)
        self.said = {"refused": why, "numbers": numbers}


def limit() -> None:
    """Take the limits upon this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened() -> ImageFile:
    """Return the picture on standard input, of which only the head was read; Refused when its size or kind is not taken."""
    # Its own limits are below; Pillow's would warn from 89 megapixels on.
    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(sys.stdin.buffer, formats=FORMATS)
    width, height = picture.size
    if not width or not height:
        raise Refused("broken")
    if width * height > PIXELS or needed(picture) > DECODED:
        raise Refused("pixels", millions=width * height // 1_000_000, most=most(picture))
    # A phone's JPEG of several pictures (MPO) shows its first.
    frames = 1 if picture.format in ("JPEG", "MPO") else getattr(picture, "n_frames", 1)
    if frames > 1 and frames * width * height > PIXELS:
        raise Refused("frames", frames=frames, most=PIXELS // 1_000_000)
    return picture


def cost(picture: ImageFile) -> int:
    """Return the bytes that a pixel takes while it is decoded."""
    if picture.format == "WEBP":
        return WEBP_BYTES
    if picture.format in ("JPEG", "MPO") and picture.info.get("progressive"):
        # The coefficients of the whole picture are kept, two bytes each, however small it is decoded.
        return 2 * len(picture.getbands())
    return 0 if picture.format in ("JPEG", "MPO") else BYTES.get(picture.mode, 4)


def needed(picture: ImageFile) -> int:
    """Return the bytes that decoding takes at least."""
    return picture.width * picture.height * cost(picture)


def most(picture: ImageFile) -> int:
    """Return how many millions of pixels a picture of this kind may have."""
    return min(PIXELS, DECODED // (cost(picture) or 1)) // 1_000_000


def fitted(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """Return the size that fits into a box; none is enlarged."""
    share = min(1.0, box[0] / size[0], box[1] / size[1])
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def flat(part: Image.Image) -> Image.Image:
    """Return a part of a picture in eight bits a colour, so that it can be reduced: CMYK, or L, RGB, RGBA."""
    if part.mode.startswith("I"):
        # 16 bits of grey: 65,535 is white. Pillow's own conversion would cut off at 255.
        return part.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if part.mode in ("LA", "PA", "La", "RGBa", "RGBA") or "transparency" in part.info:
        return part.convert("RGBA")
    return part if part.mode in ("L", "RGB", "CMYK") else part.convert("L" if part.mode == "1" else "RGB")


def small(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Return a picture reduced by a whole number, strip by strip, still as large as the box or larger."""
    wanted = fitted(picture.size, box)
    by = max(1, min(picture.width // wanted[0], picture.height // wanted[1]))
    made: Image.Image | None = None
    for top in range(0, picture.height, ROWS * by):
        strip = picture.crop((0, top, picture.width, min(picture.height, top + ROWS * by)))
        reduced = flat(strip).reduce(by)
        if made is None:
            made = Image.new(reduced.mode, (reduced.width, -(-picture.height // by)))
        made.paste(reduced, (0, top // by))
    assert made is not None  # noqa: S101  # no picture is without rows
    return made


def coloured(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in sRGB, which is what a page without profiles shows; one without a profile is taken for that."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    plain = picture.convert("RGB") if alpha else picture
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or plain
        except (ImageCms.PyCMSError, OSError, ValueError):
            # Damaged, or made for other colours than the picture has.
            pass
    plain = plain.convert("RGB")
    if alpha:
        plain.putalpha(alpha)
    return plain


def upright(picture: ImageFile, box: tuple[int, int]) -> Image.Image:
    """Return a picture reduced to about the box, in sRGB, turned as its camera says; nothing else of the camera's is left."""
    profile, orientation = picture.info.get("icc_profile"), picture.getexif().get(ORIENTATION, 1)
    if orientation in ON_ITS_SIDE:
        box = (box[1], box[0])
    picture.draft(None, fitted(picture.size, box))
    picture.load()
    made = coloured(small(picture, box), profile)
    made.info = {}
    made.getexif()[ORIENTATION] = orientation
    return exif_transpose(made)


def reduce(picture: ImageFile, folder: Path, sizes: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Write a picture in several sizes, each made from the next larger one, and return what they measure."""
    made = upright(picture, (max(width for width, _ in sizes.values()), max(height for _, height in sizes.values())))
    measured = {}
    for name, box in sorted(sizes.items(), key=lambda item: item[1], reverse=True):
        size = measured[name] = fitted(made.size, box)
        if size != made.size:
            made = made.resize(size, Image.Resampling.LANCZOS)
        made.info = {}
        made.save(folder / name, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return measured


def parsed(words: list[str]) -> dict[str, tuple[int, int]]:
    """Return sizes by name from `NAME:WIDTHxHEIGHT`."""
    pairs = (word.rpartition(":")[::2] for word in words)
    return {name: (int(size.partition("x")[0]), int(size.partition("x")[2])) for name, size in pairs}


def run(arguments: list[str]) -> dict[str, Any]:
    """Do what was asked, and return what to say of it."""
    picture = opened()
    said: dict[str, Any] = {"format": picture.format, "width": picture.width, "height": picture.height}
    if arguments[0] == "reduce":
        said["sizes"] = reduce(picture, Path(arguments[1]), parsed(arguments[2:]))
    else:
        picture.draft(None, (64, 64))
        picture.load()
    return said


def main() -> None:
    """Read the picture on standard input and say on standard output how it went."""
    limit()
    warnings.simplefilter("ignore")
    try:
        said = run(sys.argv[1:])
    except Refused as refused:
        said = refused.said
    except MemoryError:
        said = {"refused": "heavy", "numbers": {}}
    except UnidentifiedImageError:
        said = {"refused": "format", "numbers": {}}
    except Exception as error:
        # Pillow says of a broken file in many ways.
        full = isinstance(error, OSError) and error.errno == ENOSPC
        said = {"refused": "full" if full else "broken", "numbers": {}}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
