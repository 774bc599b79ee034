"""Writing rows that are no holdings: parts such as spreads and copies, and themes."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.importing.differing import CONFLICT, conflicts, merge
from cms.importing.errors import ImportRefused, RowError
from cms.importing.forms import form_of
from cms.importing.library import Library
from cms.importing.locks import closed
from cms.importing.part_rows import PartRows
from cms.importing.sheets import Row, Sheet
from cms.journal.recording import Recorder
from cms.models import Holding


class PartWriter(PartRows):
    """Writes one file of parts; `owners` holds the ids of the holdings whose parts changed.

    `as_drafts`: what belongs to a record that readers see is written into the draft of that record alone.
    """

    def __init__(
        self, sheet: Sheet, library: Library, user: User | None, recorder: Recorder, as_drafts: bool = False
    ) -> None:
        super().__init__(sheet, library)
        self.user, self.recorder, self.as_drafts = user, recorder, as_drafts
        self.created = self.updated = self.unchanged = 0
        self.owners: set[int] = set()
        self.told: set[int] = set()
        self.live: dict[int, bool] = {}

    def write(self) -> None:
        """Write every row; ImportRefused with all whose owners cannot be changed now, or have a draft that differs."""
        self.look()
        self.watch()
        errors: list[RowError] = []
        rows_of: dict[int, Row] = {}
        for row in self.sheet.rows:
            touched, faults = self.part(row)
            errors.extend(faults)
            rows_of.update(dict.fromkeys(touched - rows_of.keys(), row))
        self.owners = set(rows_of)
        for pk, reason in closed(rows_of, self.user).items():
            errors.append(rows_of[pk].error(f"{Holding.objects.get(pk=pk).uid} 现在不能改：{reason}", self.owner_field))
        if errors:
            raise ImportRefused(sorted(errors, key=lambda error: error.row))

    def part(self, row: Row) -> tuple[set[int], list[RowError]]:
        """Make or change one part; returns the ids of the holdings that it changed, and what a draft has against it."""
        found = self.settle(row)
        if not row.changes:
            self.unchanged += 1
            return set(), []
        part = found or self.model()
        before = self.owner_of(found)
        if self.as_drafts and self.is_live(owner := self.owner_in(row)):
            return {owner}, list(self.draft(row, found, owner))
        for column in row.changes:
            form_of(column).write(part, column, row.values[column.field], self.library)
        self.save(row, part)
        if not found and not self.owner_field:
            self.recorder.note_made(part)
        self.created, self.updated = self.created + (found is None), self.updated + (found is not None)
        owners = {pk for pk in (before, self.owner_of(part)) if pk is not None}
        return owners, list(self.drafted(row, part, before))

    def watch(self) -> None:
        """Let the journal see what stands there: the holdings that own the parts, or rows that belong to none."""
        if not self.owner_field:
            self.recorder.watch(self.model, [part.pk for part in self.there.values()])
            return
        named = (self.library.ids.get(row.values[self.owner_field]) for row in self.sheet.rows)
        left = map(self.owner_of, self.there.values())
        self.recorder.watch_pages({pk for pk in (*named, *left) if pk is not None})

    def owner_in(self, row: Row) -> int:
        """Return the id of the holding that a row names as its own; 0 for a theme."""
        return self.library.ids[row.values[self.owner_field]] if self.owner_field else 0

    def is_live(self, pk: int) -> bool:
        """Tell whether readers see a holding."""
        if pk not in self.live:
            self.live[pk] = Holding.objects.filter(pk=pk, live=True).exists()
        return self.live[pk]

    def draft(self, row: Row, found: Model | None, owner: int) -> Iterator[RowError]:
        """Write a part into the draft of its holding and nowhere else; yields what stands against it."""
        draft = self.library.drafts.begin(owner)
        if found is not None and self.owner_of(found) != owner:
            yield row.error("换到另一条下面不能存成草稿，请直接发布。", self.owner_field)
        elif found is None:
            part = self.model()
            for column in row.changes:
                form_of(column).write(part, column, row.values[column.field], self.library)
            keys = [name for name in self.model.key if name != self.owner_field]
            twin = next(
                (o for o in self.rows_of(draft).all() if all(getattr(o, k) == getattr(part, k) for k in keys)), None
            )
            if twin is None:
                self.rows_of(draft).add(part)
            else:
                merge(row, twin, self.library)
            self.created += 1
        elif twin := self.twin(draft, found):
            yield from (row.error(CONFLICT, column.field) for column in conflicts(row, twin))
            merge(row, twin, self.library)
            self.updated += 1
        else:
            yield row.error(f"{draft.uid} 没发布的草稿里已删去这一条。请先发布或放弃草稿，再导入。", self.owner_field)

    def save(self, row: Row, part: Model) -> None:
        """Save a part that passes its own checks."""
        try:
            part.full_clean()
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        part.save()

    def drafted(self, row: Row, part: Model, before: int | None) -> Iterator[RowError]:
        """Write a changed part into its owners' drafts as well; yields what they have against it."""
        now = self.owner_of(part)
        if before is not None and before != now and (draft := self.library.drafts.of_number(before)):
            self.leave(draft, part)
        if now is None or not (draft := self.library.drafts.of_number(now)):
            return
        if now not in self.told:
            self.told.add(now)
            self.library.notes.append(
                f"{row.place}：{draft.uid} 另有没发布的草稿；表格的改动也记进了草稿，草稿仍没有发布。"
            )
        if before != now:
            yield from self.join(row, draft, part)
        elif twin := self.twin(draft, part):
            yield from (row.error(CONFLICT, column.field) for column in conflicts(row, twin))
            merge(row, twin, self.library)
        else:
            yield row.error(f"{draft.uid} 没发布的草稿里已删去这一条。请先发布或放弃草稿，再导入。", self.owner_field)

    def rows_of(self, draft: Holding) -> Any:
        """Return the parts of this file's kind in a draft: modelcluster's manager, whose class is made for each relation."""
        return getattr(draft, self.accessor)

    def twin(self, draft: Holding, part: Model) -> Model | None:
        """Return a part as the draft has it."""
        return next((one for one in self.rows_of(draft).all() if one.pk == part.pk), None)

    def leave(self, draft: Holding, part: Model) -> None:
        """Take a part that moved away out of the draft of the holding that it left."""
        if twin := self.twin(draft, part):
            self.rows_of(draft).remove(twin)

    def join(self, row: Row, draft: Holding, part: Model) -> Iterator[RowError]:
        """Put a new part into a draft; yields a fault where the draft has another in its place."""
        keys = [name for name in self.model.key if name != self.owner_field]
        for other in self.rows_of(draft).all():
            if all(getattr(other, name) == getattr(part, name) for name in keys):
                yield row.error(f"{draft.uid} 没发布的草稿里已有同一条。请先发布或放弃草稿，再导入。", keys[0])
                return
        self.rows_of(draft).add(self.model._default_manager.get(pk=part.pk))
