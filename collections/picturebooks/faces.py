"""The 楷 of a book: our own cut of LXGW WenKai to the characters that its page sets in it, made by the worker, one file a book."""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.signals import post_save
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from fontTools import subset

from cms.models.kinds import kinds
from cms.worker.queue import ask_once
from cms.worker.words import called
from picturebooks.models import Book, Spread

HERE = Path(__file__).parent
SOURCE = HERE / "fonts" / "wenkai-400.woff2"
"""6,763 characters of GB 2312 and the marks between them; 1.7 MB, uncompressed glyphs, so that it opens soonest."""
MOST = 520
"""Characters; some 220 to 240 bytes each, so that all faces of a page stay below 250 KB. Rarer ones come from the reader's own."""
HAN = re.compile(r"[\u2e80-\u9fff]")
MARKS = "·—…“”‘’，。！？：；、（）《》〈〉"


@cache
def interface() -> str:
    """Return the Chinese that this kind's pages say themselves, and the names of shelves, in the language they are written in."""
    pages = HERE / "templates" / "picturebooks"
    files = [pages / "book.html", *sorted((pages / "parts").glob("*.html")), HERE / "contexts.py"]
    # The same whoever asks first: the name of a face is made of it.
    with translation.override("zh-hans"):
        levels = [str(label) for _value, label in Book.Level.choices]
        shelves = [str(kind.shelf.nav_title + kind.shelf.title) for kind in kinds() if kind.shelf]
    return "".join(HAN.findall("".join([*(file.read_text("utf-8") for file in files), *levels, *shelves])))


def letters(texts: Iterable[str]) -> str:
    """Return the characters that a page needs: those of the interface, then the commonest of its texts, sorted."""
    kept = dict.fromkeys(MARKS + interface())
    for char, _count in Counter(char for text in texts for char in HAN.findall(text)).most_common():
        if len(kept) >= MOST:
            break
        kept.setdefault(char)
    return "".join(sorted(kept))


def face_of(book: Book, spreads: Iterable[Spread]) -> str:
    """Return the name of a book's face: another for other characters, so that a browser may keep it for good."""
    return digest(letters_of(book, spreads))


def letters_of(book: Book, spreads: Iterable[Spread]) -> str:
    """Return the characters of a book."""
    own = [book.title, book.author, book.illustrator, book.after_reading]
    return letters([*(spread.text for spread in spreads), *own * 3])


def digest(text: str) -> str:
    """Return the name of the face with these characters."""
    return hashlib.sha256(f"{SOURCE.stat().st_size} {text}".encode()).hexdigest()[:16]


def file_of(name: str) -> str:
    """Return where a face is kept among the files of the library."""
    return f"faces/{name}.woff2"


def cut(text: str) -> bytes:
    """Return the face with these characters as WOFF2; what the source lacks is left out."""
    options = subset.Options(flavor="woff2", layout_features=["vert", "vrt2"], hinting=False)
    font = subset.load_font(str(SOURCE), options, lazy=True)
    font.flavorData = None
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    with tempfile.NamedTemporaryFile(suffix=".woff2") as file:
        subset.save_font(font, file.name, options)
        return Path(file.name).read_bytes()


def make(book: Book) -> bool:
    """Cut the face of a book; False when it is there already, or the book has nothing to read."""
    spreads = list(book.spreads.all())
    text = letters_of(book, spreads)
    name = file_of(digest(text))
    if not spreads or default_storage.exists(name):
        return False
    default_storage.save(name, ContentFile(cut(text)))
    return True


@task(backend="worker")
def cut_by_id(book_id: int) -> None:
    """Cut the face of one book; nothing to do when it is gone by now."""
    for book in Book.objects.filter(pk=book_id):
        make(book)


called(cut_by_id, _("切绘本的楷体"), lambda pk: Book.objects.filter(pk=pk).first())


def after_save(instance: Book | Spread, raw: bool = False, **kwargs: object) -> None:
    """Ask for the face of a book that was saved, or a spread of it."""
    if not raw:
        ask_once(cut_by_id, instance.pk if isinstance(instance, Book) else instance.book_id)


def connect() -> None:
    """Cut faces after each save."""
    for model in (Book, Spread):
        post_save.connect(after_save, sender=model, dispatch_uid=f"picturebooks.faces.{model.__name__}")
