"""Minutes as people write them: digits, with a point where there are halves; never 1e2, 1_0 or 0x10."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_written = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,9})?")


def plain(typed: str) -> str | None:
    """Return a number as it was typed with plain digits (４．５ is 4.5), "" for nothing, None for other writing."""
    text = unicodedata.normalize("NFKC", typed).strip()
    return text if not text or _written.fullmatch(text) else None


def written(field: forms.Field, value: Any) -> Any:
    """Return what was typed with plain digits; ValidationError in the words of the field."""
    text = plain(value) if isinstance(value, str) else value
    if text is None:
        raise ValidationError(field.error_messages["invalid"], code="invalid")
    return text


class MinutesField(forms.DecimalField):
    """Minutes that may have a half."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as in Django's own field of decimals
        """Read what was typed; ValidationError says how minutes are written."""
        return super().to_python(written(self, value))


class WholeMinutesField(forms.IntegerField):
    """Whole minutes."""

    def to_python(self, value: Any) -> int | None:
        """Read what was typed; ValidationError says how minutes are written."""
        return super().to_python(written(self, value))
