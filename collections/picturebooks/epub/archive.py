"""The file of a volume: its parts in one order, with one date, so that the same book is the same bytes."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import Storage
from django.template.loader import render_to_string

from media.models import Rendition, Sound
from picturebooks.epub.leaves import SHEET
from picturebooks.epub.volume import Volume
from picturebooks.keeping import place, whole

MIMETYPE = "application/epub+zip"
FOLDER = "EPUB"
STYLE = Path(__file__).with_name("style.css")
DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP can say."""
MODE = 0o644 << 16
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="{FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
Entry = tuple[str, bytes, int]


def entries(volume: Volume) -> Iterator[Entry]:
    """Yield each file of a volume: its name, its bytes and how it is packed. The first is the mimetype, as OCF wants it."""
    yield "mimetype", MIMETYPE.encode(), ZIP_STORED
    yield "META-INF/container.xml", CONTAINER.encode(), ZIP_DEFLATED
    for name, template in (("package.opf", "package.opf"), ("nav.xhtml", "nav.xhtml"), ("cover.xhtml", "cover.xhtml")):
        yield f"{FOLDER}/{name}", drawn(template, volume), ZIP_DEFLATED
    for leaf in volume.leaves:
        yield f"{FOLDER}/{leaf.name}.xhtml", drawn("spread.xhtml", volume, leaf=leaf), ZIP_DEFLATED
        if leaf.told:
            yield f"{FOLDER}/{leaf.name}.smil", drawn("overlay.smil", volume, leaf=leaf), ZIP_DEFLATED
    yield f"{FOLDER}/end.xhtml", drawn("end.xhtml", volume), ZIP_DEFLATED
    yield f"{FOLDER}/style.css", STYLE.read_bytes(), ZIP_DEFLATED
    storage: Storage = Rendition._meta.get_field("file").storage
    for plate in volume.plates:
        with storage.open(plate.file) as file:
            # WebP is packed already.
            yield f"{FOLDER}/{plate.name}", file.read(), ZIP_STORED
    sounds: Storage = Sound._meta.get_field("file").storage
    for reel in volume.reels:
        with sounds.open(reel.file) as file:
            yield f"{FOLDER}/{reel.name}", file.read(), ZIP_STORED


def drawn(template: str, volume: Volume, **more: object) -> bytes:
    """Return one page as XML."""
    values = {"volume": volume, "labels": dict(volume.labels), "wide": SHEET.width, "high": SHEET.height, **more}
    return (XML + render_to_string(f"picturebooks/epub/{template}", values)).encode()


def write(volume: Volume, path: Path) -> None:
    """Write a volume to a file; OSError when the disk is full, or a picture is gone from it."""
    with ZipFile(path, "w") as archive:
        for name, data, packed in entries(volume):
            info = ZipInfo(name, DATE)
            info.compress_type, info.external_attr, info.create_system = packed, MODE, 3
            archive.writestr(info, data)


def kept(volume: Volume) -> Path:
    """Return the file of a volume as it is now, made where there is none."""
    path = place("epub", volume.uid, volume.lang, volume.fingerprint)
    if not path.is_file():
        with whole(path) as scratch:
            write(volume, scratch)
    return path
