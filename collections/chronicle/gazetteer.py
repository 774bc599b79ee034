"""Bringing an old book into the library: one Work with its chapters and entries, all or nothing, any number of times."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from chronicle.kanripo import Book, GazetteerError, Item, Juan, files_of, read_cover, read_juan
from chronicle.leaves import leaf_range
from chronicle.models import Chapter, Entry, Work
from cms.importing import ImportRefused
from cms.importing.drafts import Drafts, diverges, settled
from cms.importing.locks import closed
from cms.importing.troubles import in_words
from cms.importing.turn import turn
from cms.models import Citation, Holding, Shelf
from cms.models.batch import ImportBatch
from cms.models.uid import normal_uid

SOURCE = "https://www.kanripo.org/text/{id}/"
LICENCE = "CC BY-SA 4.0"
RIGHTS = {"rights_uri": "https://creativecommons.org/licenses/by-sa/4.0/", "rights_basis": Holding.Basis.LICENSED}
LONGEST_TITLE = 200
IN_TITLES = str.maketrans({"⟨": "（", "⟩": "）"})

Progress = Callable[[Juan, int, int], None]
"""Called after each juan with it, its position and the number of juans."""


@dataclass
class Tally:
    """What an import did."""

    work: Work | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def title_of(item: Item, juan: Juan) -> str:
    """Return an entry's title: its heading as modern print writes it, or its juan's name where it has none."""
    plain = item.heading.translate(IN_TITLES)
    while "〖" in plain and "〗" in plain:
        plain = plain[: plain.index("〖")] + "〓" + plain[plain.index("〗") + 1 :]
    if not plain:
        return juan.title
    return plain if len(plain) <= LONGEST_TITLE else plain[: LONGEST_TITLE - 1] + "…"


def body_of(item: Item) -> str:
    """Return an entry's text, with the whole heading above it where the title had to be cut."""
    if len(item.heading) <= LONGEST_TITLE:
        return item.body
    return f"## {item.heading}\n\n{item.body}"


class Importer:
    """Puts one book on its shelf, or brings what is there up to date; use within a transaction."""

    def __init__(self, book: Book, shelf: Shelf) -> None:
        self.book, self.shelf, self.tally = book, shelf, Tally()
        self.now, self.drafts = timezone.now(), Drafts()
        self.rights = RIGHTS if book.from_kanripo else {}
        self.batch = ImportBatch.objects.create(source=f"{book.id} {book.title}")

    def uid(self, code: str, *numbers: int) -> str:
        """Return a number that any run gives to the same part of the same book."""
        return normal_uid("-".join([settings.LIBRARY_CODE, code, self.book.id, *(f"{n:03}" for n in numbers)]))

    def known(self, kind: type[Holding], prefix: str) -> dict[str, Holding]:
        """Return what an earlier run made; GazetteerError when such a number is that of another kind."""
        pages = kind.objects.filter(uid__istartswith=prefix).prefetch_related("citations")
        # Numbers of earlier versions keep their small letters.
        found = {normal_uid(page.uid): page for page in pages}
        if other := Holding.objects.filter(uid__istartswith=prefix).exclude(pk__in=[p.pk for p in pages]).first():
            raise GazetteerError(
                _("编号 %(uid)s 已属于另一种馆藏：%(title)s。") % {"uid": other.uid, "title": other.title}
            )
        return found

    def put(self, parent: Page, page: Holding | None, kind: type[Holding], uid: str, fields: dict[str, Any]) -> Holding:
        """Make a page, or change the fields that differ from the book."""
        if page is None:
            self.tally.new += 1
            dates = {"first_published_at": self.now, "last_published_at": self.now}
            return parent.add_child(instance=kind(uid=uid, batch=self.batch, **dates, **fields))
        differing = {name: value for name, value in fields.items() if getattr(page, name) != value}
        if not differing:
            self.tally.unchanged += 1
            return page
        self.tally.changed += 1
        self.change(page, differing)
        return page

    def open_to(self, page: Holding) -> None:
        """Raise GazetteerError where a page cannot be changed now."""
        if reason := closed([page.pk], None).get(page.pk):
            message = _("%(uid)s《%(title)s》现在不能改：%(reason)s")
            raise GazetteerError(message % {"uid": page.uid, "title": page.title, "reason": reason})

    def change(self, page: Holding, differing: dict[str, Any]) -> None:
        """Change fields of a page, and of the draft that waits, so that it never brings the older text back."""
        self.open_to(page)
        draft = self.drafts.of(page)
        for name, value in differing.items():
            if draft and diverges(getattr(draft, name), getattr(page, name), value):
                message = _("%(uid)s《%(title)s》没发布的草稿另有改动（%(field)s）。请先发布或放弃草稿，再导入。")
                field = getattr(page._meta.get_field(name), "verbose_name", name)
                raise GazetteerError(message % {"uid": page.uid, "title": page.title, "field": field})
            setattr(page, name, value)
            if draft:
                setattr(draft, name, value)
        page.save()
        if page.latest_revision_id:
            settled(page, draft, None)

    def work(self) -> Work:
        """Return the book's own page."""
        uid = self.uid("WK")
        fields = {
            "title": self.book.title,
            "author": self.book.author or "",
            "edition": self.book.edition,
            **self.rights,
        }
        if self.book.from_kanripo:
            fields |= {"source_url": SOURCE.format(id=self.book.id), "licence": LICENCE}
        return self.put(self.shelf, self.known(Work, uid).get(uid), Work, uid, fields)

    def juan(self, work: Work, juan: Juan, known: dict[str, Holding]) -> None:
        """Bring in one juan with its entries."""
        uid = self.uid("CH", juan.number)
        fields = {"title": juan.title, "number": juan.number, "body": juan.opening, **self.rights}
        chapter = self.put(work, known.get(uid), Chapter, uid, fields)
        there = self.known(Entry, self.uid("EN", juan.number) + "-")
        for number, item in enumerate(juan.entries, 1):
            uid = self.uid("EN", juan.number, number)
            fields = {"title": title_of(item, juan), "number": number, "body": body_of(item), **self.rights}
            entry = self.put(chapter, there.get(uid), Entry, uid, fields)
            self.cite(entry, juan, item)

    def citation(self, juan: Juan, item: Item) -> dict[str, str]:
        """Return on which leaves of which book an entry stands, and where its text was taken from, where that is known."""
        edition = f"（{self.book.edition}）" if self.book.edition else ""
        taken = f"，漢籍リポジトリ（Kanripo）{self.book.id}，{LICENCE}" if self.book.from_kanripo else ""
        return {
            "text": f"《{self.book.title}》{edition}{taken}",
            "page": "，".join(filter(None, [juan.title, leaf_range(item.first_leaf, item.last_leaf)]))[:100],
            "url": SOURCE.format(id=self.book.id) if self.book.from_kanripo else "",
        }

    def cite(self, entry: Entry, juan: Juan, item: Item) -> None:
        """Give an entry its source, or bring the one that it has up to date."""
        said = self.citation(juan, item)
        for known in entry.citations.all():
            if known.url == said["url"] and (known.url or known.text == said["text"]):
                if any(getattr(known, name) != value for name, value in said.items()):
                    self.open_to(entry)
                    Citation.objects.filter(pk=known.pk).update(**said)
                return
        Citation.objects.create(holding_id=entry.pk, **said)

    def finish(self) -> None:
        """Keep the batch with its counts, or nothing when nothing changed."""
        if self.tally.new or self.tally.changed:
            self.batch.created, self.batch.updated = self.tally.new, self.tally.changed
            self.batch.save()
        else:
            self.batch.delete()


def shelf_named(slug: str) -> Shelf:
    """Return the shelf for the book; GazetteerError names the ones there are."""
    shelf = Shelf.objects.filter(slug=slug).first()
    if shelf is None:
        there = "、".join(Shelf.objects.values_list("slug", flat=True))
        raise GazetteerError(_("没有“%(slug)s”这个书架。有：%(there)s。") % {"slug": slug, "there": there})
    return shelf


def import_gazetteer(folder: Path, shelf: str = "", progress: Progress | None = None) -> Tally:
    """Bring in a Kanripo folder, juan by juan, in one transaction; GazetteerError leaves everything as it was."""
    try:
        with in_words(), turn(), transaction.atomic():
            return import_now(folder, shelf, progress)
    except ImportRefused as refused:
        raise GazetteerError(" ".join(error.message for error in refused.errors)) from refused


def import_now(folder: Path, shelf: str, progress: Progress | None) -> Tally:
    """Bring in a folder, for whoever has the turn."""
    book, files = read_cover(folder), files_of(folder)
    importer = Importer(book, shelf_named(shelf or Work.shelf.slug))
    importer.tally.work = work = importer.work()
    known = importer.known(Chapter, importer.uid("CH") + "-")
    for position, (number, path) in enumerate(files, 1):
        juan = read_juan(number, path)
        importer.juan(work, juan, known)
        if progress:
            progress(juan, position, len(files))
    importer.finish()
    return importer.tally
