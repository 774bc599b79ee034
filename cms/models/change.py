"""The journal: what was changed at once, and how each record stood before and after."""

from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.batch import ImportBatch
from cms.models.removal import Removal


class Action(models.TextChoices):
    """What somebody did."""

    IMPORT = "import", _("表格导入")
    BATCH = "batch", _("批量改")
    DELETION = "delete", _("删除")
    MERGE = "merge", _("并条")
    REPLACE = "replace", _("换掉所指")
    TAKE_DOWN = "take_down", _("下架")
    UNDO = "undo", _("撤销")


class Change(models.Model):
    """One act that changes many things at once: an import, a batch change, a merge, a deletion, or the undoing of one of these.

    `title` says from what: the file, the selection, the names of what went; `reason` why, where somebody was asked. A change
    can be undone once; the undoing is a change itself.
    """

    action = models.CharField(_("哪一种"), max_length=10, choices=Action.choices)
    title = models.CharField(_("做了什么"), max_length=500)
    reason = models.CharField(_("缘由"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("谁")
    )
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.CASCADE, related_name="changes")
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undoing")

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.title}"


class Way(models.TextChoices):
    """What became of a record."""

    MADE = "made", _("新")
    CHANGED = "changed", _("改")
    DRAFTED = "drafted", _("改草稿")
    REMOVED = "removed", _("删")


class Outcome(models.TextChoices):
    """What the undoing of a change did to a record."""

    UNDONE = "undone", _("已还原")
    KEPT = "kept", _("留着")


class Alteration(models.Model):
    """What one change did to one record.

    `before` and `after` hold the fields that differ, as JSON (see `cms/journal/snapshots.py`); of a record that was made `after`
    holds its version alone, and one that was removed stands in `removal`. `label` and `key` say which row of which model it
    is, also when it is no more. `kept` says why undoing left fields as they are: `{"field": name, "why": code, "said": text}`.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="alterations")
    way = models.CharField(max_length=10, choices=Way.choices)
    label = models.CharField(max_length=100)
    key = models.CharField(max_length=50)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=255)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    removal = models.ForeignKey(Removal, null=True, on_delete=models.SET_NULL, related_name="alterations")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    kept = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["change", "outcome"], name="alteration_outcome"),
            models.Index(fields=["label", "key"], name="alteration_record"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def model(self) -> type[models.Model] | None:
        """Return the model of the record; None where the kind has been taken from the shelf since."""
        try:
            return apps.get_model(self.label)
        except LookupError:
            return None
