"""Tables on their way in: what a librarian uploaded, how it was read, and each row as it was checked; none of it is the library's yet."""

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.batch import ImportBatch
from cms.models.change import Action


class Incoming(models.Model):
    """One upload, of one table or several, from its files to the batch that it became.

    `tables` holds a list of `{"file", "title", "model", "headings", "cells", "takes", "bases", "encoding", "rows", "unknown"}`, one for
    each table, and `made` for one of records that are to be new because names ask for them: `[[uid, title]]`; `faults` what is wrong with whole
    files; `names` the number chosen for a name, by its plain form. Its files lie in a folder of its own below `VAR_DIR`/incoming.
    """

    class State(models.TextChoices):
        ASKING = "asking", _("等您对栏目")
        CHECKING = "checking", _("在检查")
        CHECKED = "checked", _("已检查")
        SAVING = "saving", _("在入库")
        SAVED = "saved", _("已入库")
        REFUSED = "refused", _("读不成")

    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=10, choices=Action.choices, default=Action.IMPORT)
    source = models.CharField(_("来自"), max_length=500)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKING)
    tables = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    names = models.JSONField(default=dict)
    leave_empty = models.BooleanField(default=True)
    only_good = models.BooleanField(default=False)
    become = models.CharField(max_length=10, default="draft")
    moved_on = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    batch = models.ForeignKey(ImportBatch, null=True, on_delete=models.SET_NULL, related_name="incoming")

    class Meta:
        verbose_name = _("导入的表格")
        verbose_name_plural = _("导入的表格")
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.source

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.VAR) / "incoming" / str(self.pk)

    @property
    def is_busy(self) -> bool:
        """Whether the worker is at it."""
        return self.state in (self.State.CHECKING, self.State.SAVING)

    @property
    def is_batch_change(self) -> bool:
        """Whether it was not uploaded, but laid out by the page that changes many."""
        return self.action == Action.BATCH

    def counts(self) -> dict[str, int]:
        """Return how many rows are in each state."""
        found = self.rows.values_list("state").annotate(number=models.Count("pk")).order_by()
        return dict.fromkeys(IncomingRow.State.values, 0) | dict(found)


class IncomingRow(models.Model):
    """One row of a table, as it was checked.

    `cells` holds a list of `{"heading", "then", "old", "new", "fault", "both"}`, texts but for the last; where names stood for
    numbers also `named`, what they were taken for, or `asks`, a list of `{"text", "options", "kinds"}`; `faults` what is wrong with the row as
    a whole. `version` is that of the record when it was checked, `base` that from which the table goes out.
    """

    class State(models.TextChoices):
        NEW = "new", _("新添")
        CHANGED = "changed", _("改动")
        BOTH = "both", _("两头都改过")
        SAME = "same", _("原样")
        WRONG = "wrong", _("有错")
        SAVED = "saved", _("已入库")
        LEFT = "left", _("没有写入")

    incoming = models.ForeignKey(Incoming, on_delete=models.CASCADE, related_name="rows")
    table = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    was = models.CharField(max_length=10, blank=True)
    uid = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=20, blank=True)
    base = models.CharField(max_length=20, blank=True)
    cells = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["table", "number"]
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["incoming", "state"], name="incoming_row_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incoming", "table", "number"], name="incoming_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def wrong_cells(self) -> list[Any]:
        """Return the cells that are wrong."""
        return [cell for cell in self.cells if cell["fault"]]


class HeadingChoice(models.Model):
    """What somebody said a heading means, for the next time; nothing means that it is left out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=60)
    heading = models.CharField(max_length=200)
    meant = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "model", "heading"], name="heading_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.meant}"


class NameChoice(models.Model):
    """Which record somebody said a name means, by the name's plain form, to be proposed the next time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    uid = models.CharField(max_length=80)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "name"], name="name_choice_once")]

    def __str__(self) -> str:
        return f"{self.name} → {self.uid}"
