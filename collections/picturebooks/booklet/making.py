"""Making a booklet: by the worker, once for each state of a book, and never while a reader waits."""

import io
from pathlib import Path

from django.core.files.storage import Storage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task
from PIL import Image as Pillow

from cms.pages.printing import printed
from cms.worker.words import called
from media.models import Rendition
from picturebooks.booklet.pages import booklet, file_name
from picturebooks.epub.volume import Volume, volume_of
from picturebooks.keeping import place, whole
from picturebooks.models import Book
from picturebooks.taking import with_pictures

FORM = "1"
"""Counted up when booklets that were made before should be made anew."""
SHEET = Path(__file__).with_name("sheet.typ")
JPEG_QUALITY = 88


def path_of(volume: Volume) -> Path:
    """Return where the booklet of a volume is, or will be."""
    return place("pdf", volume.uid, volume.lang, f"{volume.fingerprint}-{FORM}")


@task(backend="worker")
def make_booklet(pk: int, language: str) -> None:
    """Make the booklet of a book as it is now, in a language; nothing to do when it is there, or the book is gone."""
    book = with_pictures().filter(pk=pk).first()
    if book is None or not list(book.spreads.all()):
        return
    with override(language):
        volume = volume_of(book)
        path = path_of(volume)
        if not path.is_file():
            with whole(path) as scratch:
                scratch.write_bytes(pdf(volume))


called(make_booklet, _("做绘本的小册子"), lambda pk, language: Book.objects.filter(pk=pk).first())


def pdf(volume: Volume) -> bytes:
    """Return the PDF of a volume; OSError where a picture is gone from the disk."""
    storage: Storage = Rendition._meta.get_field("file").storage
    pictures = {}
    for plate in volume.plates:
        with storage.open(plate.file) as file:
            pictures[file_name(plate)] = jpeg(file.read())
    return printed(SHEET, booklet(volume), pictures)


def jpeg(data: bytes) -> bytes:
    """Return a picture as JPEG on white: a PDF holds that as it is, and WebP only unpacked."""
    with Pillow.open(io.BytesIO(data)) as drawn:
        picture = drawn.convert("RGBA")
    white = Pillow.new("RGBA", picture.size, "white")
    out = io.BytesIO()
    Pillow.alpha_composite(white, picture).convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()
