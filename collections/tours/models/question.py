"""Questions that visitors asked and the guide could not answer."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tours.models.stop import Stop
from tours.models.tour import Tour

LONGEST_QUESTION = 1000
LONGEST_NOTE = 2000


class Question(models.Model):
    """A question with the stop where it was asked, and nothing about who asked; `key` is made on the device."""

    class State(models.TextChoices):
        OPEN = "open", _("待答")
        ANSWERED = "answered", _("已答")
        ASIDE = "aside", _("搁置")

    key = models.UUIDField(unique=True)
    tour = models.ForeignKey(Tour, null=True, on_delete=models.SET_NULL, related_name="questions")
    stop = models.ForeignKey(Stop, null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(default=0)
    about = models.ForeignKey("cms.Holding", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("问题"), validators=[MaxLengthValidator(LONGEST_QUESTION)])
    language = models.CharField(max_length=10, default="zh-hans")
    asked_on = models.DateField()
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    answer = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("答案所在")
    )
    note = models.TextField(_("答复"), blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)])

    class Meta:
        verbose_name = _("讲解中的提问")
        verbose_name_plural = _("讲解中的提问")
        ordering: ClassVar = ["-asked_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]
