"""Stops of a tour."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel, Panel
from wagtail.models import Orderable, Page

from cms.catalogue.columns import Column
from cms.models import Part
from tours.models.code import Code
from tours.models.story import Story
from tours.models.telling import Length, half_minutes
from tours.models.tour import Tour


class Stop(Orderable, Part):
    """One place to stand at: a holding, the story told of it and how long, the minutes it takes and the walk before it.

    `minutes` and `walking` are minutes by halves. The holding or the story may be gone; the stop then is a gap, which
    `section` (where the holding stood in the tree) helps to fill. Its number is its place among the tour's stops.
    `estimate` is the walk that the library put in, `measured` when it knew the distance: a person who writes another figure
    into `walking` has made it their own.

    A stop that is taken out of its tour stays, with its scripts and its printed code, as `removed_from` that tour: until it
    is put back or the tour goes. `walked_on_to` is the stop to whose walk its own was added then.
    """

    class Walk(models.TextChoices):
        OWN = "own", _("讲解员写的")
        MEASURED = "measured", _("按距离算的")
        GUESSED = "guessed", _("估的")

    columns = (
        Column("所属编号", "tour", "owner", required=True),
        Column("次序", "sort_order", "place", required=True),
        Column("馆藏编号", "holding", "holding"),
        Column("故事编号", "story", "holding"),
        Column("长短", "length", "choice"),
        Column("分钟", "minutes", "decimal"),
        Column("步行", "walking", "decimal"),
        Column("锁定", "locked", "yes"),
        Column("走法", "way"),
        Column("英文走法", "way_en"),
    )
    key = ("tour", "sort_order")

    tour = ParentalKey(Tour, null=True, on_delete=models.CASCADE, related_name="stops")
    holding = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("馆藏")
    )
    section = models.ForeignKey(Page, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    story = models.ForeignKey(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("故事")
    )
    length = models.PositiveSmallIntegerField(_("长短"), choices=Length.choices, default=Length.MIDDLE)
    minutes = models.DecimalField(
        _("分钟"), max_digits=5, decimal_places=1, default=Decimal(3), validators=[half_minutes]
    )
    walking = models.DecimalField(
        _("步行"), max_digits=5, decimal_places=1, default=Decimal(0), validators=[half_minutes],
        help_text=_("从上一站走来要几分钟；第一站从起点算。"),
    )  # fmt: skip
    estimate = models.DecimalField(max_digits=5, decimal_places=1, null=True, editable=False)
    measured = models.BooleanField(default=False, editable=False)
    removed_from = models.ForeignKey(
        Tour, null=True, editable=False, on_delete=models.CASCADE, related_name="removed_stops"
    )
    removed_at = models.DateTimeField(null=True, editable=False)
    walked_on_to = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    locked = models.BooleanField(_("锁定"), default=False, help_text=_("锁定的站不会被删，也不会被改短。"))
    way = models.CharField(_("走法"), max_length=300, blank=True, help_text=_("怎样从上一站走来。"))
    way_en = models.CharField(_("英文走法"), max_length=300, blank=True)

    panels: ClassVar[list[Panel]] = [
        PageChooserPanel("holding"),
        PageChooserPanel("story", "tours.Story"),
        FieldRowPanel([FieldPanel("length"), FieldPanel("minutes"), FieldPanel("walking"), FieldPanel("locked")]),
        FieldRowPanel([FieldPanel("way"), FieldPanel("way_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("站")
        verbose_name_plural = _("站")

    def __str__(self) -> str:
        return f"{self.tour_id} / {self.sort_order}"

    def clean(self) -> None:
        """A new stop is of something: a holding, a story, or both."""
        if self.pk is None and self.holding is None and self.story is None:
            raise ValidationError(_("每一站要有一件馆藏或一个故事。"))

    @property
    def walk(self) -> "Stop.Walk":
        """Whose figure the walk before it is; no walk is nobody's guess."""
        if not self.walking or self.estimate is None or self.walking != self.estimate:
            return self.Walk.OWN
        return self.Walk.MEASURED if self.measured else self.Walk.GUESSED

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Remember where the holding stands, and have a code for the sign beside it."""
        if self.holding:
            self.section = self.holding.get_parent()
        if self.tour_id:
            self.removed_from = self.removed_at = self.walked_on_to = None
        super().save(*args, **kwargs)
        Code.of(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take the stop out of its tour and keep it; whoever does so, at the bench or in the admin, deletes no script."""
        if self.tour_id is None:
            return super().delete(*args, **kwargs)
        out = {"tour": None, "removed_from": self.tour_id, "removed_at": timezone.now()}
        Stop.objects.filter(pk=self.pk, tour=self.tour_id).update(**out)
        return 0, {}
