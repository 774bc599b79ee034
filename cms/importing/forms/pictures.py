"""Forms of pictures: a file beside the table, and the words for it."""

from typing import Any

from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.forms.base import Form, Stage
from cms.importing.forms.words import Text
from cms.importing.library import Library
from cms.importing.picture_files import KEPT, Shot, kept_digest, picture_digest
from cms.importing.signs import tidy


class Picture(Form):
    """A file in the folder `pictures` beside the table, or `图库 12` for one that the library has; an empty cell takes it away."""

    stage = Stage.TIE

    def read(self, cell: str, column: Column, context: Context) -> Shot:
        """Return the picture, which was looked at to its end."""
        if not cell:
            return Shot()
        if cell not in context.pictures:
            kept = KEPT.fullmatch(cell)
            context.pictures[cell] = kept_digest(int(kept[1])) if kept else picture_digest(context.folder, cell)
        return Shot(context.pictures[cell], cell, context.folder)

    def current(self, instance: Model, column: Column) -> Shot:
        """Return the picture that is there."""
        image = getattr(instance, column.field)
        return Shot(image.digest, f"图库 {image.pk}") if image else Shot()

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return which of the library's pictures it is."""
        return str(value.name)

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Show this picture, kept now if the library has it not."""
        setattr(instance, column.field, library.album.picture(value) if value.digest else None)


class PictureText(Text):
    """Words for a picture, as `cover.alt`; they belong to the picture, and an empty cell takes none away."""

    stage = Stage.TIE
    drafted = False

    def keeps(self, value: Any) -> bool:
        """Tell whether the cell was empty."""
        return not value

    def current(self, instance: Model, column: Column) -> str:
        """Return the words that are there."""
        image, name = column.field.split(".")
        return tidy(getattr(getattr(instance, image), name, ""))

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Bring the words for the picture up to date."""
        image, name = column.field.split(".")
        library.album.describe(getattr(instance, image), {name: value})
