"""The three sides of telling: how long, to whom, in which language."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_MINUTES = 240
"""Of one stop, or of one walk; a longer one is a slip of the finger."""


class Length(models.IntegerChoices):
    """How long a version takes to tell, in seconds."""

    SHORT = 30, _("30 秒")
    MIDDLE = 180, _("3 分钟")
    LONG = 600, _("10 分钟")

    @property
    def minutes(self) -> Decimal:
        """The same in minutes: 0.5, 3 or 10."""
        return Decimal(self.value) / 60


class Audience(models.TextChoices):
    """Who listens."""

    GENERAL = "general", _("一般观众")
    CHILDREN = "children", _("儿童")
    ELDERS = "elders", _("长者")


class Language(models.TextChoices):
    """The language of a telling, as the site's addresses name it."""

    CHINESE = "zh-hans", _("中文")
    ENGLISH = "en", _("英文")


def half_minutes(value: Decimal) -> None:
    """Accept minutes by halves, from 0 to 240; ValidationError says so."""
    if not 0 <= value <= MOST_MINUTES or value * 2 != int(value * 2):
        raise ValidationError(_("分钟数要在 0 到 240 之间，可以有半分钟，如 2.5。"), code="minutes")
