"""Forms of numbers and moments: whole numbers, decimals, dates in EDTF, days, days with a time."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import DecimalField, Model
from django.utils import timezone

from cms.catalogue.columns import Column
from cms.dates import parse_edtf
from cms.importing.context import Context
from cms.importing.errors import CellError
from cms.importing.forms.base import Form, field_of
from cms.importing.library import Library
from cms.importing.limits import fits
from cms.importing.signs import bare, shown
from cms.models import HistoricalDate

WHOLE = re.compile(r"([0-9]{1,20})(?:\.0+)?")
LONGEST = 40
"""Characters of a number; more is no number that any field takes."""


class Integer(Form):
    """A whole number of 0 or more; `3.0`, as Excel writes some, is 3."""

    def read(self, cell: str, column: Column, context: Context) -> int | None:
        """Return the number; an empty cell is 0 where the field must have one."""
        field, cell = field_of(column, context.model), bare(cell)
        if not cell:
            return None if field.null else 0
        found = WHOLE.fullmatch(cell[:LONGEST])
        if not found:
            raise CellError(f"“{shown(cell)}”不是整数。")
        fits(int(found[1]), field)
        return int(found[1])

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the digits; 0, where the field must have a number, is empty."""
        return str(value) if value or (value == 0 and field_of(column, context.model).null) else ""


class Place(Integer):
    """A place in an order: a table counts from 1, as people do, the database from 0, as Wagtail's forms do."""

    def read(self, cell: str, column: Column, context: Context) -> int:
        """Return the place, counted from 0."""
        place = super().read(cell, column, context)
        if not place:
            raise CellError("次序从 1 数起。")
        return place - 1

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the place, counted from 1."""
        return "" if value is None else str(value + 1)


class DecimalNumber(Form):
    """A decimal number, to as many places as the field keeps."""

    def read(self, cell: str, column: Column, context: Context) -> Decimal | None:
        """Return the number, rounded to the field's places."""
        field, cell = field_of(column, context.model), bare(cell)
        if not cell:
            return None
        try:
            number = Decimal(cell) if len(cell) <= LONGEST else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise CellError(f"“{shown(cell)}”不是数字。")
        # Ten places to the left of the point are more than any field keeps, and less than Decimal counts exactly.
        if isinstance(field, DecimalField) and abs(number) < 10**10:
            number = number.quantize(Decimal(1).scaleb(-field.decimal_places))
        fits(number, field)
        return number

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the digits that say something."""
        return "" if value is None else f"{value.normalize():f}"


class Edtf(Form):
    """A date in EDTF; the one of a holding, when a table gives it, is set by hand."""

    def read(self, cell: str, column: Column, context: Context) -> str:
        """Return the date as it is written."""
        cell = bare(cell)
        fits(cell, field_of(column, context.model))
        check_edtf(cell)
        return cell

    def current(self, instance: Model, column: Column) -> str:
        """Return the date, where it was not derived from words."""
        return getattr(instance, column.field) if getattr(instance, "date_by_hand", True) else ""

    def write(self, instance: Model, column: Column, value: Any, library: Library) -> None:
        """Set the date, and that it was set by hand."""
        super().write(instance, column, value, library)
        if column.field == "date_edtf" and isinstance(instance, HistoricalDate):
            instance.date_by_hand = bool(value)


def check_edtf(text: str) -> None:
    """Raise CellError for what is neither empty nor EDTF."""
    try:
        if text:
            parse_edtf(text)
    except ValueError:
        raise CellError(f"“{shown(text)}”不是 EDTF，可写 1905、1905-10-28、198X、1985?、1847~/..。") from None


class Day(Form):
    """A day as 2026-05-18."""

    def read(self, cell: str, column: Column, context: Context) -> date | None:
        """Return the day."""
        cell = bare(cell)
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError:
            raise CellError(f"“{shown(cell)}”不是日期，请写成 2026-05-18。") from None


class Moment(Form):
    """A day, or a day and a time as 2026-05-18 14:00, by the clock of the library."""

    def read(self, cell: str, column: Column, context: Context) -> datetime | None:
        """Return the moment with its zone."""
        cell = bare(cell)
        if not cell:
            return None
        try:
            if len(cell) > LONGEST:
                raise ValueError(cell[:LONGEST])  # Python would read on through any number of digits
            found = (
                datetime.fromisoformat(cell) if len(cell) > 10 else datetime.combine(date.fromisoformat(cell), time())
            )
            found = found if timezone.is_aware(found) else timezone.make_aware(found)
            found.astimezone(UTC)  # a moment is kept in UTC, where the first and last day of the calendar may not be
        except (ValueError, OverflowError):
            raise CellError(f"“{shown(cell)}”不是时间，请写成 2026-05-18 或 2026-05-18 14:00。") from None
        return found

    def cell(self, value: Any, column: Column, context: Context) -> str:
        """Return the moment by the clock of the library: midnight as the day, seconds where there are any."""
        if value is None:
            return ""
        here = timezone.localtime(value).replace(tzinfo=None)
        if here.time() == time():
            return here.date().isoformat()
        return here.isoformat(" ", "auto" if here.second or here.microsecond else "minutes")
