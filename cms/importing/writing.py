"""Putting checked rows in their place: holdings under their parents first, then what ties them together."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from cms.importing.checking import Row, Sheet
from cms.importing.comparing import same
from cms.importing.errors import ImportRefused
from cms.importing.pictures import keep_picture
from cms.models import Citation, Holding, ImportBatch, Name, Relation, Shelf, Theme
from cms.models.uid import note_uid
from media.models import Image

Progress = Callable[[str], None]


class Writer:
    """Writes the sheets of one batch inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, progress: Progress) -> None:
        self.batch, self.progress = batch, progress
        self.created = self.updated = self.unchanged = 0
        self.parents: dict[str, Page] = {}
        self.images: list[Image] = []
        self.changed_owners: set[int] = set()

    def write(self, sheets: list[Sheet]) -> None:
        """Write themes, then holdings, then their ties, then parts."""
        by_form: dict[bool, list[Sheet]] = {True: [], False: []}
        for sheet in sheets:
            if sheet.model is Theme:
                self.themes(sheet)
            else:
                by_form[issubclass(sheet.model, Holding)].append(sheet)
        rows = [row for sheet in by_form[True] for row in sheet.rows]
        changed = [r for r in rows if r.before is None or not same(r.before, r.values, r.sheet.columns)]
        self.unchanged += len(rows) - len(changed)
        self.place([r for r in changed if r.before is None])
        self.tie(changed)
        for sheet in by_form[False]:
            self.parts(sheet)

    def themes(self, sheet: Sheet) -> None:
        """Make or rename themes."""
        for row in sheet.rows:
            fields = {name: value for name, value in row.values.items() if name != "slug"}
            Theme.objects.update_or_create(slug=row.values["slug"], defaults=fields)

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
        holding = row.instance
        holding.batch = self.batch
        holding.first_published_at = holding.last_published_at = timezone.now()
        try:
            parent.add_child(instance=holding)
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        note_uid(holding.uid)
        self.created += 1
        if self.created % 100 == 0:
            self.progress(f"已放上 {self.created} 条")
        return True

    def tie(self, rows: list[Row]) -> None:
        """Give holdings their names, relations, sources, themes and pictures."""
        targets = dict(Holding.objects.values_list("uid", "pk"))
        for number, row in enumerate(rows, 1):
            self.set_ties(row, targets)
            row.instance.save()
            if row.before is not None:
                self.updated += 1
                row.instance.save_revision(changed=True, clean=False).publish()
            if number % 100 == 0:
                self.progress(f"已写好 {number} 条")

    def set_ties(self, row: Row, targets: dict[str, int]) -> None:
        """Set what is not a plain field, from the columns that the file has."""
        holding, values = row.instance, row.values
        if "names" in values:
            keys = ("text", "language", "romanisation", "valid_from", "valid_to", "source")
            holding.names = [Name(**dict(zip(keys, v, strict=True))) for v in values["names"]]
        if "relations" in values:
            holding.relations = [
                Relation(role=role, target_id=targets[uid], as_printed=printed, source=source)
                for role, uid, printed, source in values["relations"]
            ]
        if "citations" in values:
            keys = ("text", "text_en", "page", "url")
            holding.citations = [Citation(**dict(zip(keys, v, strict=True))) for v in values["citations"]]
        if "themes" in values:
            holding.themes.set(Theme.objects.filter(slug__in=values["themes"]))
        if "uses" in values:
            for use in ("web", "print", "offline", "api"):
                setattr(holding, f"use_{use}", use in values["uses"])
        if "cover" in values:
            holding.cover = self.picture(row, "cover")

    def picture(self, row: Row, field: str) -> Image | None:
        """Return the picture of a row, kept now if it is new."""
        name, digest = row.values[field]
        texts = {f: row.values.get(f"{field}.{f}", "") for f in ("alt", "alt_en")}
        return keep_picture(row.sheet.path.parent, name, digest, texts, self.images)

    def parts(self, sheet: Sheet) -> None:
        """Write the parts of one file."""
        owners = {h.uid: h for h in Holding.objects.all()} if sheet.rows else {}
        for row in sheet.rows:
            self.part(row, owners)
        for owner in Holding.objects.filter(pk__in=self.changed_owners):
            # Saved once more, so that the search and a page's revision take up the changed parts.
            specific = owner.specific
            specific.save()
            if specific.latest_revision_id:
                specific.save_revision(changed=True, clean=False).publish()
        self.changed_owners.clear()

    def part(self, row: Row, owners: dict[str, Holding]) -> None:
        """Make or change one part, known again by its key."""
        model, fields = row.sheet.model, self.part_fields(row, owners)
        key = {name: fields[name] for name in model.key}
        found = model.objects.filter(**key).first()
        if found and all(getattr(found, name) == value for name, value in fields.items()):
            self.unchanged += 1
            return
        part = found or model()
        for name, value in fields.items():
            setattr(part, name, value)
        try:
            part.full_clean()
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        part.save()
        self.created, self.updated = self.created + (found is None), self.updated + (found is not None)
        owner_field = next(c.field for c in row.sheet.columns if c.form == "owner")
        self.changed_owners.add(getattr(part, f"{owner_field}_id"))

    def part_fields(self, row: Row, owners: dict[str, Holding]) -> dict[str, Any]:
        """Return the field values of a part, with holdings and pictures in place of numbers and names."""
        fields: dict[str, Any] = {}
        for column in row.sheet.columns:
            value = row.values[column.field]
            if column.form == "owner":
                fields[column.field] = self.specific(owners[value], row.sheet.model, column.field)
            elif column.form == "holding":
                fields[column.field] = owners.get(value)
            elif column.form == "picture":
                fields[column.field] = self.picture(row, column.field)
            elif column.form != "picture_text":
                fields[column.field] = value
        return fields

    def specific(self, holding: Holding, model: type[Model], field: str) -> Model:
        """Return a holding as the kind that a part's owner field wants."""
        name = f"owner:{holding.uid}"
        if name not in self.parents:
            self.parents[name] = model._meta.get_field(field).related_model.objects.get(pk=holding.pk)
        return self.parents[name]
