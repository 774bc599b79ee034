"""Pictures that are broken or mean harm, always the same ones: cut, flipped, disguised, out of size, and some honest ones beside them."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

Named = tuple[str, bytes]
CUTS = (0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.995)
KINDS = {
    "jpg": ("JPEG", {}),
    "progressive.jpg": ("JPEG", {"progressive": True}),
    "png": ("PNG", {}),
    "gif": ("GIF", {}),
    "webp": ("WEBP", {}),
    "lossless.webp": ("WEBP", {"lossless": True}),
}


def noise(size: tuple[int, int] = (180, 120), mode: str = "RGB") -> Image.Image:
    """Return a picture that no format can make small."""
    data = random.Random(7).randbytes(size[0] * size[1] * 3)
    return Image.frombytes("RGB", size, data).convert(mode)


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, colour: int = 0, depth: int = 1, before: bytes = b"") -> bytes:
    """Return a PNG of one colour, which is small however large it says that it is; `before` are chunks before its pixels."""
    row = b"\0" + b"\x55" * ((width * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] * depth + 7) // 8)
    packer, packed = zlib.compressobj(9 if depth == 1 else 1), []
    many = max(1, 1_000_000 // len(row))
    for at in range(0, height, many):
        packed.append(packer.compress(row * min(many, height - at)))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    pixels = chunk(b"IDAT", b"".join([*packed, packer.flush()]))
    return b"\x89PNG\r\n\x1a\n" + head + before + pixels + chunk(b"IEND", b"")


def gif(width: int, height: int, frames: int) -> bytes:
    """Return an animation of tiny frames on a canvas of any size."""
    tiny = saved(Image.new("P", (20, 20), 3), "GIF")
    codes = tiny[tiny.rindex(b"\x2c") + 10 : -1]
    frame = b"\x21\xf9\x04\0\x01\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, 20, 20, 0) + codes
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + bytes(768) + frame * frames + b";"


def cut() -> Iterator[Named]:
    """Yield pictures of each format that break off."""
    for ending, (form, options) in KINDS.items():
        whole = saved(noise(), form, **options)
        for share in CUTS:
            yield f"cut-{share}.{ending}", whole[: max(1, int(len(whole) * share))]


def flipped() -> Iterator[Named]:
    """Yield pictures of each format with some bytes changed."""
    dice = random.Random(11)
    for ending, (form, options) in KINDS.items():
        for turn in range(10):
            data = bytearray(saved(noise(), form, **options))
            for _ in range(4):
                data[dice.randrange(4, len(data))] ^= 1 << dice.randrange(8)
            yield f"flipped-{turn}.{ending}", bytes(data)


def disguised() -> Iterator[Named]:
    """Yield files that are something else than their name says."""
    heads = {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="10" height="10"><script>alert(1)</script></svg>',
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\nshowpage\n%%EOF\n",
        "psd": b"8BPS\0\1\0\0\0\0\0\0\0\3\0\0\0\x0a\0\0\0\x0a\0\x08\0\3" + bytes(400),
        "pdf": b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        "html": b"<!doctype html><script>alert(1)</script>",
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400),
        "empty": b"",
        "nul": bytes(1000),
        "tiff": saved(noise(), "TIFF"),
        "bmp": saved(noise(), "BMP"),
        "ico": saved(noise((32, 32)), "ICO"),
    }
    for name, data in heads.items():
        for ending in ("png", "jpg", "webp"):
            yield f"{name}-as.{ending}", data
    for form in ("JPEG", "PNG", "GIF", "WEBP"):
        for ending in sorted({"jpg", "png", "gif", "webp"} - {form.lower().replace("jpeg", "jpg")}):
            yield f"{form.lower()}-as.{ending}", saved(noise(), form)


def crooked() -> Iterator[Named]:
    """Yield pictures whose parts are wrong each in one place, and polyglots, which are right in too many."""
    bomb = zlib.compress(b"A" * 50_000_000)
    yield "text-bomb.png", png(50, 50, depth=8, before=chunk(b"zTXt", b"Comment\0\0" + bomb))
    yield "profile-bomb.png", png(50, 50, depth=8, before=chunk(b"iCCP", b"p\0\0" + bomb))
    yield "profile-nonsense.png", png(50, 50, colour=2, depth=8, before=chunk(b"iCCP", b"p\0\0" + zlib.compress(b"no")))
    yield "no-pixels.png", b"\x89PNG\r\n\x1a\n" + png(5, 5)[8:33] + chunk(b"IEND", b"")
    yield "no-palette.png", png(50, 50, colour=3, depth=8)
    yield "odd-depth.png", png(50, 50, colour=2, depth=8).replace(b"\x08\x02\0\0\0", b"\x03\x02\0\0\0", 1)
    yield "end-cut.png", saved(noise(), "PNG")[:-6]
    yield "exif-nonsense.jpg", saved(noise(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(50))
    yield "exif-loop.jpg", saved(noise(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0")
    for ending, form in (("jpg", "JPEG"), ("png", "PNG"), ("gif", "GIF"), ("webp", "WEBP")):
        yield f"polyglot.{ending}", saved(noise(), form) + b"<html><script>alert(1)</script></html>"
    yield "zero-wide.gif", gif(0, 20, 1)
    yield "zero-high.png", png(20, 1).replace(struct.pack(">II", 20, 1), struct.pack(">II", 20, 0), 1)
    yield (
        "zero.jpg",
        saved(noise((8, 8)), "JPEG").replace(b"\xff\xc0\0\x11\x08\0\x08\0\x08", b"\xff\xc0\0\x11\x08\0\0\0\0", 1),
    )


def huge() -> Iterator[Named]:
    """Yield small files that unfold."""
    yield "bomb-90.png", png(9_500, 9_474)
    yield "bomb-178.png", png(13_340, 13_340)
    yield "bomb-400.png", png(20_000, 20_000)
    yield "bomb-4000.png", png(50, 50).replace(struct.pack(">II", 50, 50), struct.pack(">II", 200_000, 2_000_000), 1)
    yield "rgb-90.png", png(9_487, 9_487, colour=2, depth=8)
    yield "rgba-99.png", png(9_949, 9_949, colour=6, depth=8)
    yield "rgba-64.png", png(8_000, 8_000, colour=6, depth=8)
    yield "deep-90.png", png(9_487, 9_487, colour=0, depth=16)
    yield "deep-rgb-36.png", png(6_000, 6_000, colour=2, depth=16)
    yield "long.png", png(90_000, 1_000)
    yield "high.png", png(1_000, 90_000)
    yield "canvas-81.gif", gif(9_000, 9_000, 200)
    yield "canvas-still.gif", gif(9_000, 9_000, 1)
    yield "frames.gif", gif(20, 20, 10_000)
    yield "frames-many.gif", gif(20, 20, 120_000)
    yield "flat-99.jpg", saved(Image.new("L", (9_949, 9_949), 9), "JPEG")
    yield "progressive-64.jpg", saved(Image.new("L", (8_000, 8_000), 9), "JPEG", progressive=True)
    yield "flat-36.webp", saved(Image.new("RGB", (6_000, 6_000), 9), "WEBP")
    yield "flat-16.webp", saved(Image.new("RGB", (4_000, 4_000), 9), "WEBP")


def honest() -> Iterator[Named]:
    """Yield pictures that a library has, in the forms that were taken wrongly before."""
    for mode in ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"):
        picture = noise(mode="L").convert(mode) if mode in ("PA", "I;16") else noise(mode=mode)
        yield f"{mode.replace(';', '')}.png".lower(), saved(picture.convert("RGBA") if mode == "PA" else picture, "PNG")
    yield "cmyk.jpg", saved(noise(mode="CMYK"), "JPEG")
    yield "grey.jpg", saved(noise(mode="L"), "JPEG")
    yield "alpha.webp", saved(noise(mode="RGBA"), "WEBP")
    frames = [noise((60, 40), "P"), Image.new("P", (60, 40), 3)]
    yield "moving.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    yield (
        "moving.webp",
        saved(frames[0].convert("RGB"), "WEBP", save_all=True, append_images=[frames[1].convert("RGB")]),
    )
    for turn in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = turn
        yield f"turned-{turn}.jpg", saved(noise(), "JPEG", exif=exif)


def everything() -> Iterator[Named]:
    """Yield all of them, some two hundred."""
    for some in (cut, flipped, disguised, crooked, huge, honest):
        yield from some()
