"""Writing rows that are no holdings: parts such as spreads and copies, and themes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from cms.importing.album import Album
from cms.importing.errors import ImportRefused
from cms.importing.sheets import Row, Sheet
from cms.models import Holding


class PartWriter:
    """Writes one file of parts; `owners` holds the ids of the holdings whose parts changed."""

    def __init__(self, sheet: Sheet, album: Album) -> None:
        self.sheet, self.album = sheet, album
        self.created = self.updated = self.unchanged = 0
        self.owners: set[int] = set()
        self.pointers = [c.field for c in sheet.columns if c.form in ("owner", "holding")]
        self.owner_field = next((c.field for c in sheet.columns if c.form == "owner"), None)

    def write(self) -> None:
        """Write every row."""
        uids = {row.values[name] for row in self.sheet.rows for name in self.pointers} - {""}
        self.ids = {}
        for start in range(0, len(uids), 500):
            some = sorted(uids)[start : start + 500]
            self.ids.update(Holding.objects.filter(uid__in=some).values_list("uid", "pk"))
        for row in self.sheet.rows:
            self.part(row)

    def part(self, row: Row) -> None:
        """Make or change one part, known again by its key."""
        model, fields = self.sheet.model, self.fields(row)
        found = model.objects.filter(**{n: fields[n] for n in map(self.stored, model.key)}).first()
        words = self.words(row, found)
        fields.update(self.pictures(row))
        if found and not words and all(getattr(found, name) == value for name, value in fields.items()):
            self.unchanged += 1
            return
        self.note_owner(found)
        part = found or model()
        for name, value in fields.items():
            setattr(part, name, value)
        self.save(row, part)
        self.note_owner(part)
        self.created, self.updated = self.created + (found is None), self.updated + (found is not None)

    def stored(self, name: str) -> str:
        """Return the name under which a field is kept: a pointer is kept as a number."""
        return f"{name}_id" if name in self.pointers else name

    def fields(self, row: Row) -> dict[str, Any]:
        """Return what a row says, but for its pictures."""
        fields: dict[str, Any] = {}
        for column in self.sheet.columns:
            value = row.values[column.field]
            if column.field in self.pointers:
                fields[self.stored(column.field)] = self.ids[value] if value else None
            elif column.form not in ("picture", "picture_text"):
                fields[column.field] = value
        return fields

    def pictures(self, row: Row) -> dict[str, int | None]:
        """Keep the pictures of a row and return their numbers."""
        made = {c.field: self.album.picture(row, c.field) for c in self.sheet.columns if c.form == "picture"}
        return {f"{field}_id": image and image.pk for field, image in made.items()}

    def words(self, row: Row, part: Model | None) -> bool:
        """Tell whether a row has new words for a picture that is there."""
        for column in (c for c in self.sheet.columns if c.form == "picture_text"):
            field, name = column.field.split(".")
            image, text = getattr(part, field, None), row.values[column.field]
            if image and text and getattr(image, name) != text:
                return True
        return False

    def note_owner(self, part: Model | None) -> None:
        """Remember whose part changed; a copy that moves changes two stations."""
        if part and self.owner_field:
            self.owners.add(getattr(part, f"{self.owner_field}_id"))

    def save(self, row: Row, part: Model) -> None:
        """Save a part that passes its own checks."""
        try:
            part.full_clean()
        except ValidationError as fault:
            raise ImportRefused([row.error(" ".join(fault.messages))]) from None
        part.save()
