"""Packs: what a guide walks off with, and what it was made from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.telling import Audience, Language
from tours.models.tour import Tour


class Pack(models.Model):
    """One file made of a tour, printed or for a phone without signal.

    `facts` are those of each stop as they were (see `tours.guiding.facts`), `fingerprint` is a hash of all that went in: asking twice
    for the same gives the same pack. `code` is the short code in its footer. `done` and `total` count stops while it is
    being made, `touched_at` tells a maker that died from one that works.
    """

    class Form(models.TextChoices):
        PRINT = "pdf", _("A4 打印")
        OFFLINE = "html", _("单个网页")

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        MAKING = "making", _("正在做")
        READY = "ready", _("做好了")
        FAILED = "failed", _("没做成")

    tour = models.ForeignKey(Tour, on_delete=models.CASCADE, related_name="packs")
    form = models.CharField(max_length=4, choices=Form.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    language = models.CharField(max_length=10, choices=Language.choices)
    with_scripts = models.BooleanField(default=False)
    code = models.CharField(max_length=12, unique=True)
    fingerprint = models.CharField(max_length=64)
    facts = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    trouble = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("讲解包")
        verbose_name_plural = _("讲解包")
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("tour", "form", "fingerprint"), name="tours_one_pack_of_the_same")
        ]

    def __str__(self) -> str:
        return self.code
