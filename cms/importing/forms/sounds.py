"""Forms of recordings: a file beside the table, and what is said of it. An empty cell keeps what is there."""

from typing import Any

from django.db.models import Model

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.forms.base import Form, Stage
from cms.importing.forms.words import Text
from cms.importing.library import Library
from cms.importing.signs import tidy
from cms.importing.sound_files import KEPT, Take, kept_sound, sound_digest
from media.hearing.times import NoTime, moments, written


class Recording(Form):
    """A file in the folder `sounds` beside the table, or `录音 12` for one that the library has."""

    stage = Stage.TIE

    def read(self, cell: str, column: Column, context: Context) -> Take:
        """Return the recording, which was looked at."""
        if not cell:
            return Take()
        kept = KEPT.fullmatch(cell)
        return Take(kept_sound(int(kept[1])) if kept else sound_digest(context.folder, cell), cell, context.folder)

    def keeps(self, value: Any) -> bool:
        """Tell whether the cell was empty: a person's voice is taken away in the admin alone."""
        return not value.digest

    def current(self, instance: Model, column: Column) -> Take:
        """Return the recording that is there."""
        sound = getattr(instance, column.field)
        return Take(sound.digest, f"录音 {sound.pk}") if sound else Take()

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return which of the library's recordings it is."""
        return str(value.name)

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Play this recording, kept now if the library has it not."""
        if value.digest:
            setattr(instance, column.field, library.tape.sound(value))


class RecordingText(Text):
    """What is said of a recording, as `sound.reader`; it belongs to the recording. Times are read as times."""

    stage = Stage.TIE
    drafted = False

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the words; times in the one form in which they are kept."""
        text = super().read(cell, column, context)
        if not column.field.endswith(".times"):
            return text
        try:
            return written(moments(text))
        except NoTime as fault:
            raise CellError(str(fault)) from None

    def keeps(self, value: Any) -> bool:
        """Tell whether the cell was empty."""
        return not value

    def current(self, instance: Model, column: Column) -> str:
        """Return the words that are there."""
        sound, name = column.field.split(".")
        return tidy(getattr(getattr(instance, sound), name, ""))

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Bring what is said of the recording up to date."""
        sound, name = column.field.split(".")
        library.tape.describe(getattr(instance, sound), {name: value})
