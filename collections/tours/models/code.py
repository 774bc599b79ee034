"""Short codes on signs and in packs, which lead to a stop and can be pointed elsewhere later."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import PageChooserPanel, Panel

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 1 I L O U, which are read for one another or spell words."""
SIZE = 6


def read_code(typed: str, size: int = SIZE) -> str:
    """Return a code as it is kept, from what a person typed: small letters and gaps do no harm; "" when it is none."""
    plain = "".join(character for character in typed.upper() if character in LETTERS)
    return plain if len(plain) == size else ""


class Code(models.Model):
    """A code that is printed once and for all. `holding`, where it is set, is where it leads instead of its stop."""

    code = models.CharField(_("短码"), max_length=SIZE, unique=True, editable=False)
    stop = models.OneToOneField("tours.Stop", null=True, editable=False, on_delete=models.SET_NULL, related_name="sign")
    tour = models.ForeignKey("tours.Tour", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    holding = models.ForeignKey(
        "cms.Holding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("改指"), help_text=_("留空则指向原来的一站；那一站不在了，可在这里改指别的馆藏。"),
    )  # fmt: skip

    panels: ClassVar[list[Panel]] = [PageChooserPanel("holding")]

    class Meta:
        verbose_name = _("短码")
        verbose_name_plural = pgettext_lazy("许多", "短码")

    def __str__(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"

    @classmethod
    def of(cls, stop: models.Model) -> "Code":
        """Return the code of a stop, made on first asking."""
        made, _new = cls.objects.get_or_create(
            stop=stop, defaults={"code": fresh_code(cls), "tour_id": stop.serializable_value("tour")}
        )
        return made


def fresh_code(model: type[models.Model], size: int = SIZE) -> str:
    """Return a code that no row of a model has; six letters make 700 million, so one try is nearly always enough."""
    while model._default_manager.filter(code=(made := "".join(secrets.choice(LETTERS) for _ in range(size)))).exists():
        pass
    return made
