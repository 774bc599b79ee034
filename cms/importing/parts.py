"""Writing rows that are no holdings: parts such as spreads and copies, and themes."""

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.importing.differing import CONFLICT, changes, conflicts, merge, snapshot
from cms.importing.errors import ImportRefused, RowError
from cms.importing.forms import form_of, key_of
from cms.importing.library import Library
from cms.importing.locks import closed
from cms.importing.sheets import Row, Sheet
from cms.journal.recording import Recorder
from cms.models import Holding, Part


class PartWriter:
    """Writes one file of parts; `owners` holds the ids of the holdings whose parts changed."""

    def __init__(self, sheet: Sheet, library: Library, user: User | None, recorder: Recorder) -> None:
        self.sheet, self.library, self.user, self.recorder = sheet, library, user, recorder
        self.created = self.updated = self.unchanged = 0
        self.owners: set[int] = set()
        # The writer of holdings keeps those to itself.
        self.model = cast("type[Part]", sheet.model)
        owner = next((c for c in sheet.columns if c.form == "owner"), None)
        self.owner_field = owner.field if owner else ""
        self.accessor = key_of(owner, self.model).remote_field.get_accessor_name() if owner else ""
        self.pointing = [c for c in sheet.columns if c.form in ("owner", "holding")]
        self.told: set[int] = set()

    def write(self) -> None:
        """Write every row; ImportRefused with all whose owners cannot be changed now, or have a draft that differs."""
        self.number_targets()
        if self.owner_field:
            owners = {row.values[self.owner_field] for row in self.sheet.rows}
            self.recorder.watch_pages(self.library.ids[uid] for uid in owners if uid in self.library.ids)
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

    def number_targets(self) -> None:
        """Learn the numbers of all that the rows point to."""
        uids = sorted({row.values[column.field] for row in self.sheet.rows for column in self.pointing} - {""})
        for start in range(0, len(uids), 500):
            found = Holding.objects.filter(uid__in=uids[start : start + 500])
            self.library.ids.update(found.values_list("uid", "pk"))

    def found(self, row: Row) -> Model | None:
        """Return the part that a row's key names."""
        key = {}
        for name in self.model.key:
            column = next((c for c in self.pointing if c.field == name), None)
            value = row.values[name]
            key[key_of(column, self.model).attname if column else name] = self.library.ids[value] if column else value
        return self.model._default_manager.filter(**key).first()

    def part(self, row: Row) -> tuple[set[int], list[RowError]]:
        """Make or change one part; returns the ids of the holdings that it changed, and what a draft has against it."""
        found = self.found(row)
        row.before, row.changes = None, self.sheet.columns
        if found:
            row.before = snapshot(found, self.sheet.columns)
            row.changes = changes(row.before, row.values, self.sheet.columns)
        if not row.changes:
            self.unchanged += 1
            return set(), []
        part = found or self.model()
        before = self.owner_of(found)
        self.look(found, before)
        for column in row.changes:
            form_of(column).write(part, column, row.values[column.field], self.library)
        self.save(row, part)
        if not found and not self.owner_field:
            self.recorder.note_made(part)
        self.created, self.updated = self.created + (found is None), self.updated + (found is not None)
        owners = {pk for pk in (before, self.owner_of(part)) if pk is not None}
        return owners, list(self.drafted(row, part, before))

    def look(self, found: Model | None, owner: int | None) -> None:
        """Let the journal see what stands there: the holding that a part may leave, or a row that belongs to none."""
        if owner is not None:
            self.recorder.watch_pages([owner])
        elif found is not None:
            self.recorder.watch(self.model, [found.pk])

    def owner_of(self, part: Model | None) -> int | None:
        """Return the id of the holding to which a part belongs; a theme belongs to none."""
        return getattr(part, f"{self.owner_field}_id") if part and self.owner_field else None

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
