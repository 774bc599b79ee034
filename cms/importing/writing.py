"""Putting checked rows in their place: holdings under their parents first, then what ties them together."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from cms.importing.album import Album
from cms.importing.comparing import same
from cms.importing.errors import ImportRefused, RowError
from cms.importing.parts import PartWriter
from cms.importing.sheets import Row, Sheet
from cms.models import Citation, Holding, ImportBatch, Name, Relation, Shelf, Theme
from cms.models.uid import note_uid

Progress = Callable[[str], None]
NAME = ("text", "language", "romanisation", "valid_from", "valid_to", "source")
CITATION = ("text", "text_en", "page", "url")
OFTEN = 100
"""How many rows pass between two lines of progress."""


class Writer:
    """Writes the sheets of one batch inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, user: User | None, progress: Progress) -> None:
        self.batch, self.user, self.progress = batch, user, progress
        self.created = self.updated = self.unchanged = 0
        self.parents: dict[str, Page] = {}
        self.album = Album()
        self.touched: dict[int, Row | None] = {}

    def write(self, sheets: list[Sheet]) -> None:
        """Write themes, then holdings, then their ties, then parts; at last a revision of all that changed."""
        loose = [s for s in sheets if s.model is Theme]
        tied = [s for s in sheets if not s.is_kind and s.model is not Theme]
        self.parts(loose)
        rows = [row for sheet in sheets if sheet.is_kind for row in sheet.rows]
        changed = [r for r in rows if r.before is None or not same(r.before, r.values, r.sheet.columns)]
        self.unchanged += len(rows) - len(changed)
        # Changes come before additions: adding below a page changes its count of children in the database.
        self.change([r for r in changed if r.before is not None])
        self.place([r for r in changed if r.before is None])
        self.relate(changed)
        self.parts(tied)
        self.move([r for r in changed if r.before is not None and r.values.get("parent") != r.before.get("parent")])
        self.record()

    def change(self, rows: list[Row]) -> None:
        """Save what the rows change in holdings that are there."""
        for row in rows:
            self.set_ties(row)
            self.saving(row, row.instance.save)
            self.updated += 1

    def parent_of(self, row: Row) -> Page | None:
        """Return the page under which a row stands, or None while it is still to come."""
        uid, model = row.values.get("parent", ""), row.sheet.model
        name = uid or f"shelf:{model.shelf.slug}"
        if name not in self.parents:
            rows = Holding.objects.filter(uid=uid) if uid else Shelf.objects.filter(slug=model.shelf.slug)
            found = rows.first()
            if found is None:
                return None
            self.parents[name] = found.specific
        return self.parents[name]

    def place(self, rows: list[Row]) -> None:
        """Add new holdings to the tree; one whose parent comes in the same batch waits for it."""
        waiting = rows
        while waiting:
            later = [row for row in waiting if not self.add(row)]
            if len(later) == len(waiting):
                raise ImportRefused([row.error("上级互相套着，排不出先后。", "parent") for row in later])
            waiting = later

    def add(self, row: Row) -> bool:
        """Add one new holding; False while its parent is not there."""
        parent = self.parent_of(row)
        if parent is None:
            return False
        self.set_ties(row)
        holding = row.instance
        holding.batch = self.batch
        holding.first_published_at = holding.last_published_at = timezone.now()
        self.saving(row, lambda: parent.add_child(instance=holding))
        note_uid(holding.uid)
        self.created += 1
        if self.created % OFTEN == 0:
            self.progress(f"已放上 {self.created} 条")
        return True

    def saving(self, row: Row, save: Callable[[], object]) -> None:
        """Save a holding; what the database side of the check finds is told by row."""
        try:
            save()
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        self.touched[row.instance.pk] = row

    def set_ties(self, row: Row) -> None:
        """Set what is neither a plain field nor a relation, from the columns that the file has."""
        holding, values = row.instance, row.values
        if "names" in values:
            holding.names = [Name(**dict(zip(NAME, v, strict=True))) for v in values["names"]]
        if "citations" in values:
            holding.citations = [Citation(**dict(zip(CITATION, v, strict=True))) for v in values["citations"]]
        if "themes" in values:
            holding.themes.set(Theme.objects.filter(slug__in=values["themes"]))
        if "uses" in values:
            for use in ("web", "print", "offline", "api"):
                setattr(holding, f"use_{use}", use in values["uses"])
        if "cover" in values:
            holding.cover = self.album.picture(row, "cover")

    def relate(self, rows: list[Row]) -> None:
        """Write the relations of holdings, now that both ends of each are there."""
        rows = [row for row in rows if "relations" in row.values]
        ids = dict(Holding.objects.values_list("uid", "pk")) if rows else {}
        for row in rows:
            Relation.objects.filter(holding_id=row.instance.pk).delete()
            Relation.objects.bulk_create(
                Relation(
                    holding_id=row.instance.pk,
                    sort_order=number,
                    role=role,
                    target_id=ids[uid],
                    as_printed=printed,
                    source=source,
                )
                for number, (role, uid, printed, source) in enumerate(row.values["relations"])
            )

    def parts(self, sheets: list[Sheet]) -> None:
        """Write the rows that are no holdings: themes, spreads, copies, legs."""
        for sheet in sheets:
            writer = PartWriter(sheet, self.album)
            writer.write()
            self.created, self.updated = self.created + writer.created, self.updated + writer.updated
            self.unchanged += writer.unchanged
            for owner in writer.owners:
                self.touched.setdefault(owner, None)

    def move(self, rows: list[Row]) -> None:
        """Put holdings under another parent; read anew, for the tree has changed since they were."""
        for row in (r for r in rows if "parent" in r.values):
            self.parents.clear()
            Page.objects.get(pk=row.instance.pk).specific.move(self.parent_of(row), pos="last-child")

    def record(self) -> None:
        """Keep a revision of all that changed, with names, relations and parts."""
        for number, (pk, row) in enumerate(self.touched.items(), 1):
            page = row.sheet.model.objects.get(pk=pk) if row else Holding.objects.get(pk=pk).specific
            try:
                self.revise(page, is_new=row is not None and row.before is None)
            except ValidationError as fault:
                text = f"{page.uid}：{' '.join(fault.messages)}"
                raise ImportRefused([row.error(text) if row else RowError("", 0, "", text)]) from None
            if number % OFTEN == 0:
                self.progress(f"已写好 {number} 条")

    def revise(self, page: Holding, is_new: bool) -> None:
        """Keep one revision; what was hidden stays hidden."""
        if is_new or not page.live:
            # Publishing would write once more what was written just now, at twice the cost.
            revision = page.save_revision(user=self.user, changed=not page.live)
            if page.live:
                Page.objects.filter(pk=page.pk).update(live_revision=revision)
        else:
            page.save_revision(user=self.user, clean=False).publish(user=self.user)
