"""The historical date of a holding: as printed, as EDTF, and as a span of days."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.dates import Span, UnreadableDate, parse_edtf, read, year_of


class HistoricalDate(models.Model):
    """Fields of a date; `date_earliest` and `date_latest` are day numbers as in `cms.dates.calendar`."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain", _("确定")
        UNCERTAIN = "uncertain", _("存疑")
        APPROXIMATE = "approximate", _("约略")
        BOTH = "both", _("存疑且约略")

    date_text = models.CharField(
        _("时间"), max_length=200, blank=True, help_text=_("照原样写：1905年10月28日、20世纪80年代、约1847年、198X。")
    )
    date_text_en = models.CharField(_("英文时间"), max_length=200, blank=True)
    date_edtf = models.CharField(
        "EDTF", max_length=100, blank=True, help_text=_("由“时间”推得；读不懂时请手写，如 1905-10/1906-01。")
    )
    date_earliest = models.IntegerField(null=True, blank=True, editable=False, db_index=True)
    date_latest = models.IntegerField(null=True, blank=True, editable=False, db_index=True)
    date_certainty = models.CharField(
        max_length=12, choices=Certainty.choices, default=Certainty.CERTAIN, editable=False
    )
    date_by_hand = models.BooleanField(
        _("EDTF 手定"), default=False, help_text=_("勾选后，改“时间”的文字不会改动 EDTF。")
    )

    class Meta:
        abstract = True

    @property
    def first_year(self) -> int | None:
        """The year in which the date begins; None where it is unknown or open."""
        return None if self.date_earliest is None else year_of(self.date_earliest)

    @property
    def is_ongoing(self) -> bool:
        """Whether it began and goes on, as EDTF's `2010/..` says; `2010/` is an end that is not known."""
        return self.date_edtf.endswith("/..") and self.date_earliest is not None

    def settle_date(self) -> None:
        """Bring EDTF and days in line with the text; ValidationError names the field that cannot be read."""
        if self.date_by_hand and self.date_edtf:
            self.take_span(self.read_edtf())
        elif self.date_text:
            self.take_span(self.read_text())
        elif self.date_edtf:
            self.take_span(self.read_edtf())
        else:
            self.take_span(Span("", None, None))

    def take_span(self, span: Span) -> None:
        """Keep a span in the fields."""
        self.date_edtf, self.date_earliest, self.date_latest = span.edtf, span.earliest, span.latest
        self.date_certainty = span.certainty

    def read_text(self) -> Span:
        """Read the printed text; a text that no reader knows asks for EDTF by hand."""
        try:
            return read(self.date_text)
        except UnreadableDate:
            message = _("读不懂“%(text)s”。请在 EDTF 栏手写并勾选“EDTF 手定”，如 1905-10/1906-01。")
            raise ValidationError({"date_text": message % {"text": self.date_text}}) from None

    def read_edtf(self) -> Span:
        """Read what was written by hand."""
        try:
            return parse_edtf(self.date_edtf)
        except ValueError:
            message = _("“%(text)s”不是 EDTF。可写 1905、1905-10-28、198X、1985?、1847~/..。")
            raise ValidationError({"date_edtf": message % {"text": self.date_edtf}}) from None
