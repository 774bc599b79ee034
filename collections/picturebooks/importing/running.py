"""One book into the library by the site's importer: as a whole or not at all, and nothing that is there is changed unasked."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.importing import ImportRefused, RowError, import_files
from cms.importing.checking import check
from cms.importing.differing import changes, snapshot
from cms.importing.sheets import Sheet
from cms.importing.troubles import in_words
from cms.models.uid import next_uid
from media.models import Image
from picturebooks.importing.errors import BookRefused
from picturebooks.importing.folder import Files
from picturebooks.importing.tables import Tables, picture_name, write_tables
from picturebooks.importing.telling import Told, tell
from picturebooks.models import Book

NEW, UPDATED, SAME, DIFFERENT = "new", "updated", "same", "different"
FIRST_ROW = 2
"""The number that Excel shows of the first row below the headings."""


@dataclass(frozen=True)
class Outcome:
    """What became of a book: its state, number, title and pages, where the library differs from its files, and notes."""

    state: str
    uid: str
    title: str
    pages: int
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def bring_in(files: Files, *, dry: bool = False, update: bool = False) -> Outcome:
    """Bring one book in; BookRefused says why it cannot. `dry` only looks, `update` lets the files change what is there.

    A book that the library has already is compared: where nothing differs, nothing is done.
    """
    told = tell(files)
    known = Book.objects.filter(origin=files.origin).order_by("pk").first()
    with TemporaryDirectory(prefix="zhihui-book-") as scratch:
        try:
            with in_words():
                return again(told, known, Path(scratch), dry, update) if known else fresh(told, Path(scratch), dry)
        except ImportRefused as refused:
            raise BookRefused([worded(told, error) for error in refused.errors]) from None


def fresh(told: Told, folder: Path, dry: bool) -> Outcome:
    """Bring in a book that the library has not; its number is given in the transaction that brings it in."""
    with transaction.atomic():
        uid = next_uid(Book.code)
        tables = write_tables(told, uid, folder)
        if dry:
            look(tables)
            transaction.set_rollback(True)
            uid = ""
        else:
            import_files(tables)
            entitle(told)
    return Outcome(NEW, uid, told.chinese.title, len(told.chinese.pages), notes=told.notes)


def again(told: Told, known: Book, folder: Path, dry: bool, update: bool) -> Outcome:
    """Compare a book that the library has with its files, and change it only where that is asked for."""
    tables = write_tables(told, known.uid, folder)
    differences = tuple(differing(look(tables), known))
    state, notes = (SAME, told.notes) if not differences else (DIFFERENT, told.notes)
    if differences and update:
        state = UPDATED
        if not dry:
            notes = (*notes, *import_files(tables).notes)
            entitle(told)
    return Outcome(state, known.uid, known.title, len(told.chinese.pages), differences, notes)


def look(tables: Tables) -> list[Sheet]:
    """Check the tables as the importer does, in its language, and save nothing; ImportRefused with every fault."""
    with override("zh-hans"):
        return check(tables)


def differing(sheets: list[Sheet], book: Book) -> list[str]:
    """Return in what the library and the files differ, by the headings of the manual."""
    holding, pages = sheets
    found = [column.heading for row in holding.rows for column in row.changes]
    spreads = {spread.sort_order: spread for spread in book.spreads.select_related("image")}
    for row in pages.rows:
        spread = spreads.pop(row.values["sort_order"], None)
        place = _("第 %(n)d 幅") % {"n": row.values["sort_order"] + 1}
        if spread is None:
            found.append(_("%(place)s馆里没有") % {"place": place})
            continue
        changed = changes(snapshot(spread, pages.columns), row.values, pages.columns)
        found += [f"{place} {column.heading}" for column in changed]
    return found + [_("第 %(n)d 幅文件里没有（留着）") % {"n": (place or 0) + 1} for place in sorted(spreads, key=int)]


def entitle(told: Told) -> None:
    """Call the pictures that came by their book and page, until somebody says what is on them."""
    shown = [(told.pictures.cover, f"《{told.chinese.title}》封面的图")]
    shown += [(path, f"《{told.chinese.title}》第 {n} 页的图") for n, path in enumerate(told.pictures.pages, 1)]
    for path, title in shown:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        Image.objects.filter(digest=digest, title=picture_name(told, path)).update(title=title[:255])


def worded(told: Told, error: RowError) -> str:
    """Return a fault of our tables by the file and the page that the row came from."""
    name = _("、").join((told.chinese.name, told.english.name))
    if error.file == "spread.csv" and error.row >= FIRST_ROW:
        name = f"{name} {_('第 %(n)d 页') % {'n': error.row - FIRST_ROW + 1}}"
    heading = f"“{error.column}”" if error.column else ""
    return f"{name}{heading}{_('：')}{error.message}" if error.file else error.message
