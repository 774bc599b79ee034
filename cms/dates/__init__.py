"""Historical dates: what was printed, read into a span of days that sorts and filters."""

from cms.dates.calendar import day_text, ordinal, year_of
from cms.dates.edtf import parse_edtf
from cms.dates.life import has_ended
from cms.dates.reading import UnreadableDate, read
from cms.dates.span import Span

__all__ = ["Span", "UnreadableDate", "day_text", "has_ended", "ordinal", "parse_edtf", "read", "year_of"]
