"""What a guide wants to say at a stop: theirs alone."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_SCRIPT = 20_000


class Script(models.Model):
    """A private text beside a stop. It is no part of the tour, so no revision, index or copy of the tour ever holds it."""

    stop = models.ForeignKey("tours.Stop", on_delete=models.CASCADE, related_name="scripts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("我的讲稿"), validators=[MaxLengthValidator(LONGEST_SCRIPT)])

    class Meta:
        verbose_name = _("我的讲稿")
        verbose_name_plural = _("我的讲稿")
        constraints: ClassVar = [models.UniqueConstraint(fields=("stop", "owner"), name="tours_one_script_a_guide")]

    def __str__(self) -> str:
        return f"{self.stop_id}"

    @classmethod
    def hand_over(cls, leaver: User, heir: User) -> None:
        """Make a guide's scripts a colleague's; where the colleague has one at the same stop, the other stands below it."""
        own = {script.stop_id: script for script in cls.objects.filter(owner=heir)}
        for script in cls.objects.filter(owner=leaver):
            if mine := own.get(script.stop_id):
                cls.objects.filter(pk=mine.pk).update(text=f"{mine.text}\n\n{script.text}")
                script.delete()
        cls.objects.filter(owner=leaver).update(owner=heir)
