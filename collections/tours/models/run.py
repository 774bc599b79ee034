"""Runs: a tour as it was given."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.stop import Stop
from tours.models.telling import Audience, Language
from tours.models.tour import Tour


class Run(models.Model):
    """One giving of a tour; `key` is made on the device, so that one sent twice counts once."""

    key = models.UUIDField(unique=True)
    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="runs")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    language = models.CharField(max_length=10, choices=Language.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("一次讲解")
        verbose_name_plural = _("讲解记录")
        ordering: ClassVar = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class RunStop(models.Model):
    """What became of one stop in a run: its `number` then, and the holding or story that it was `about`."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="stops")
    stop = models.ForeignKey(Stop, null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField()
    about = models.ForeignKey("cms.Holding", null=True, on_delete=models.SET_NULL, related_name="+")
    skipped = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("讲过的站")
        verbose_name_plural = _("讲过的站")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.run_id} / {self.number}"
