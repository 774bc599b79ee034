"""Putting checked rows in their place: holdings under their parents first, then what ties them together."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from cms.catalogue.columns import Column
from cms.importing.differing import merge
from cms.importing.drafts import settled
from cms.importing.errors import ImportRefused, RowError
from cms.importing.forms import Stage, field_of, form_of
from cms.importing.library import Library
from cms.importing.parts import PartWriter
from cms.importing.sheets import Row, Sheet
from cms.journal.recording import Recorder
from cms.models import Action, Change, Holding, ImportBatch, Shelf, Theme

Progress = Callable[[str], None]
OFTEN = 100
"""How many rows pass between two lines of progress."""


def must_point(row: Row) -> list[Column]:
    """Return the columns without which a new holding cannot be saved: what they point to must be there first."""
    pointing = (c for c in row.changes if c.form == "holding")
    return [c for c in pointing if not field_of(c, row.sheet.model).blank]


class Writer:
    """Writes the sheets of one batch inside the caller's transaction."""

    def __init__(
        self, batch: ImportBatch, user: User | None, progress: Progress, library: Library, become: str = "published"
    ) -> None:
        self.batch, self.user, self.progress, self.library = batch, user, progress, library
        self.become, self.as_drafts = become, become != "published"
        self.created = self.updated = self.unchanged = 0
        self.parents: dict[str, Page] = {}
        self.touched: dict[int, Row | None] = {}
        self.recorder = Recorder()

    def write(self, sheets: list[Sheet]) -> None:
        """Write themes, then holdings, then their ties, then parts; at last a revision of all that changed."""
        loose = [s for s in sheets if s.model is Theme]
        tied = [s for s in sheets if not s.is_kind and s.model is not Theme]
        self.parts(loose)
        rows = [row for sheet in sheets if sheet.is_kind for row in sheet.rows]
        changed = [r for r in rows if r.changes]
        self.unchanged += len(rows) - len(changed)
        # Changes come before additions: adding below a page changes its count of children in the database.
        self.change([r for r in changed if r.before is not None])
        self.place([r for r in changed if r.before is None])
        self.library.learn([row.holding for row in changed])
        self.tie(changed)
        self.parts(tied)
        self.move([r for r in changed if r.before is not None and any(c.form == "parent" for c in r.changes)])
        self.record()

    def enter(self) -> None:
        """Write into the journal what was made and changed, as one change a batch, however many pieces it comes in."""
        told = {"title": self.batch.source, "made_by": self.batch.made_by, "made_at": self.batch.made_at}
        change, _new = Change.objects.get_or_create(batch=self.batch, defaults={"action": Action.IMPORT, **told})
        self.recorder.write(change)

    def change(self, rows: list[Row]) -> None:
        """Save what the rows change in holdings that are there."""
        for kind in {row.sheet.kind for row in rows}:
            self.recorder.watch(kind, [row.holding.pk for row in rows if row.sheet.kind is kind])
        for row in rows:
            if self.waits(row.holding):
                self.library.drafts.begin(row.holding.pk)
                self.touched[row.holding.pk] = row
            else:
                self.put(row, Stage.TIE)
                self.saving(row, row.holding.save)
            self.updated += 1

    def waits(self, holding: Holding) -> bool:
        """Tell whether what readers see of a holding is to stay as it is, and its draft to change."""
        return self.as_drafts and holding.live

    def put(self, row: Row, stage: Stage) -> list[Column]:
        """Write the columns of one stage into a row's instance, and return them."""
        columns = [c for c in row.changes if form_of(c).stage is stage]
        for column in columns:
            form_of(column).write(row.holding, column, row.values[column.field], self.library)
        return columns

    def parent_of(self, row: Row) -> Page | None:
        """Return the page under which a row stands, or None while it is still to come."""
        uid, shelf = row.values.get("parent", ""), row.sheet.kind.shelf
        slug = shelf.slug if shelf else ""
        name = uid or f"shelf:{slug}"
        if name not in self.parents:
            rows = Holding.objects.filter(uid=uid) if uid else Shelf.objects.filter(slug=slug)
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
                raise ImportRefused([row.error("上级或所指的编号互相套着，排不出先后。", "parent") for row in later])
            waiting = later

    def points(self, row: Row) -> bool:
        """Let a new holding point to what it cannot be without; False while that is not there."""
        for column in must_point(row):
            uid = row.values[column.field]
            self.library.ids.update(Holding.objects.filter(uid=uid).values_list("uid", "pk"))
            if uid not in self.library.ids:
                return False
            form_of(column).write(row.holding, column, uid, self.library)
        return True

    def add(self, row: Row) -> bool:
        """Add one new holding; False while its parent, or what it must point to, is not there."""
        parent = self.parent_of(row)
        if parent is None or not self.points(row):
            return False
        self.put(row, Stage.TIE)
        holding = row.holding
        holding.batch = self.batch
        if self.as_drafts:
            holding.live, holding.has_unpublished_changes = False, True
        else:
            holding.first_published_at = holding.last_published_at = timezone.now()
        self.saving(row, lambda: parent.add_child(instance=holding))
        self.recorder.note_made(holding)
        self.created += 1
        if self.created % OFTEN == 0:
            self.progress(f"已放上 {self.created} 条")
        return True

    def saving(self, row: Row, save: Callable[[], Any]) -> None:
        """Save a holding; what the database side of the check finds is told by row."""
        try:
            save()
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        self.touched[row.holding.pk] = row

    def tie(self, rows: Iterable[Row]) -> None:
        """Write what points to other holdings, now that both ends of each tie are there."""
        for row in rows:
            if row.before is not None and self.waits(row.holding):
                self.merge(row, self.library.drafts.begin(row.holding.pk))
                continue
            for column in self.put(row, Stage.LATE):
                form_of(column).store(row.holding, column)
            if row.before is not None and (draft := self.library.drafts.of(row.holding)):
                self.merge(row, draft)

    def merge(self, row: Row, draft: Holding) -> None:
        """Write a row's changes into a draft; its date is read anew only when the row has one, for a draft need not be whole."""
        merge(row, draft, self.library)
        for column in (c for c in row.changes if c.form == "picture_text" and self.as_drafts):
            form_of(column).write(draft, column, row.values[column.field], self.library)
        if any(column.field.startswith("date_") for column in row.changes):
            try:
                draft.settle_date()
            except ValidationError as fault:
                raise ImportRefused([row.error(" ".join(fault.messages), "date_text")]) from None

    def parts(self, sheets: list[Sheet]) -> None:
        """Write the rows that are no holdings: themes, spreads, copies, legs."""
        for sheet in sheets:
            writer = PartWriter(sheet, self.library, self.user, self.recorder, self.as_drafts)
            writer.write()
            self.created, self.updated = self.created + writer.created, self.updated + writer.updated
            self.unchanged += writer.unchanged
            for owner in writer.owners:
                self.touched.setdefault(owner, None)

    def move(self, rows: list[Row]) -> None:
        """Put holdings under another parent; read anew, for the tree has changed since they were."""
        for row in rows:
            self.parents.clear()
            Page.objects.get(pk=row.holding.pk).specific.move(self.parent_of(row), pos="last-child")

    def record(self) -> None:
        """Keep a revision of all that changed, with names, relations and parts."""
        for number, (pk, row) in enumerate(self.touched.items(), 1):
            page = row.sheet.kind.objects.get(pk=pk) if row else Holding.objects.get(pk=pk).specific
            try:
                self.revise(page, row)
            except ValidationError as fault:
                text = f"{page.uid}：{' '.join(fault.messages)}"
                raise ImportRefused([row.error(text) if row else RowError("", 0, "", text)]) from None
            if self.become == "review":
                self.send_to_review(pk)
            if number % OFTEN == 0:
                self.progress(f"已写好 {number} 条")

    def send_to_review(self, pk: int) -> None:
        """Begin the review that the page's place in the tree has; where it has none it stays a draft."""
        page = Holding.objects.get(pk=pk).specific
        workflow = page.get_workflow()
        if workflow and not page.workflow_in_progress:
            workflow.start(page, self.user)

    def revise(self, page: Holding, row: Row | None) -> None:
        """Keep one revision, and above it the draft that waits; what was hidden stays hidden.

        What a row wrote was cleaned when it was saved; only what its parts say together is new since.
        """
        has_parts = type(page).clean_parts is not Holding.clean_parts
        if row and row.before is None:
            # Publishing would write once more what was written just now, at twice the cost.
            revision = page.save_revision(user=self.user, changed=not page.live, clean=has_parts)
            if page.live:
                Page.objects.filter(pk=page.pk).update(live_revision=revision)
        elif self.waits(page):
            page = self.library.drafts.begin(page.pk)
            # A draft need not be whole; it is asked to be when somebody publishes it.
            page.settle_translations()
            page.save_revision(user=self.user, clean=False, log_action=True)
        else:
            settled(page, self.library.drafts.of(page), self.user, is_clean=row is not None and not has_parts)
        page.clean_beside_others()
