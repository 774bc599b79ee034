"""Links by which a guide hands a tour to a colleague."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.tour import Tour


class Handing(models.Model):
    """How often the links of a tour were called back: a link says in which `turn` it was made, and an earlier one is dead.

    It is no part of the tour, so that no revision brings a dead link back.
    """

    tour = models.OneToOneField(Tour, on_delete=models.CASCADE, related_name="handing")
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("交接链接")
        verbose_name_plural = _("交接链接")

    def __str__(self) -> str:
        return f"{self.tour_id} / {self.turn}"

    @classmethod
    def turn_of(cls, tour: Tour) -> int:
        """Return the turn in which links of a tour are made now."""
        return cls.objects.filter(tour=tour).values_list("turn", flat=True).first() or 0

    @classmethod
    def call_back(cls, tour: Tour) -> None:
        """End all links of a tour that were made so far."""
        cls.objects.get_or_create(tour=tour)
        cls.objects.filter(tour=tour).update(turn=models.F("turn") + 1)
