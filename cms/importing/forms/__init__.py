"""The forms of columns, by the names that columns give them; what is no form here cannot be a column."""

from typing import Any

from cms.catalogue.columns import Column
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.forms.base import Form, Stage, field_of, key_of
from cms.importing.forms.numbers import Day, DecimalNumber, Edtf, Integer, Moment, Place
from cms.importing.forms.pictures import Picture, PictureText
from cms.importing.forms.pointers import Owner, Parent, Pointer, Uid
from cms.importing.forms.sounds import Recording, RecordingText
from cms.importing.forms.ties import Citations, Names, Relations, Themes
from cms.importing.forms.words import Choice, Isbn, Slug, Text, Uses, Yes
from cms.importing.signs import shown, tidy, unguarded

__all__ = ["FORMS", "Form", "Stage", "field_of", "form_of", "key_of", "read_cell"]

FORMS: dict[str, Form] = {
    "text": Text(),
    "isbn": Isbn(),
    "slug": Slug(),
    "choice": Choice(),
    "yes": Yes(),
    "uses": Uses(),
    "integer": Integer(),
    "place": Place(),
    "decimal": DecimalNumber(),
    "edtf": Edtf(),
    "day": Day(),
    "moment": Moment(),
    "uid": Uid(),
    "parent": Parent(),
    "owner": Owner(),
    "holding": Pointer(),
    "names": Names(),
    "relations": Relations(),
    "citations": Citations(),
    "themes": Themes(),
    "picture": Picture(),
    "picture_text": PictureText(),
    "sound": Recording(),
    "sound_text": RecordingText(),
}


def form_of(column: Column) -> Form:
    """Return the form of a column; KeyError for one that nobody can read."""
    return FORMS[column.form]


def read_cell(cell: str, column: Column, context: Context) -> Any:
    """Read one cell; CellError says what is wrong with it."""
    cell = tidy(cell)
    if column.required and not cell:
        raise CellError("这一格不能空。")
    if cell.startswith("="):
        raise CellError(f"“{shown(cell)}”像是公式。请改成文字再导入。")
    return form_of(column).read(unguarded(cell), column, context)
