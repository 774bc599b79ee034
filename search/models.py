"""The outbox of changes, the record of what the index holds, the headings that queries are met with, and what was not found."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.sounds import plain


class Outbox(models.Model):
    """A holding changed; written in the transaction of the change, taken by whoever drains."""

    holding = models.PositiveBigIntegerField(_("馆藏号"))
    at = models.DateTimeField(_("时间"), default=timezone.now)
    done = models.DateTimeField(_("完成"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("待索引")
        verbose_name_plural = _("待索引")

    def __str__(self) -> str:
        return f"{self.holding} {self.at:%F %T}"


class Lease(models.Model):
    """Who may write to the index now, and until when: one drainer at a time, on any database."""

    name = models.CharField(_("名称"), max_length=32, primary_key=True)
    holder = models.CharField(_("持有者"), max_length=64, blank=True)
    until = models.DateTimeField(_("至"), default=timezone.now)
    turn = models.BigIntegerField(_("轮次"), default=0)

    class Meta:
        verbose_name = _("索引租约")
        verbose_name_plural = _("索引租约")

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"


class Record(models.Model):
    """What the index holds of one holding, read for snippets in one query and compared by `search check`."""

    id = models.PositiveBigIntegerField(_("馆藏号"), primary_key=True)
    kind = models.CharField(_("类别"), max_length=64)
    hash = models.CharField(_("摘要值"), max_length=64)
    title = models.TextField(_("题名"), blank=True)
    title_en = models.TextField(_("英文题名"), blank=True)
    names = models.JSONField(_("又名"), default=list)
    text = models.TextField(_("正文"), blank=True)
    text_en = models.TextField(_("英文正文"), blank=True)
    anchors = models.JSONField(_("段落位置"), default=list)
    anchors_en = models.JSONField(_("英文段落位置"), default=list)

    class Meta:
        verbose_name = _("索引记录")
        verbose_name_plural = _("索引记录")

    def __str__(self) -> str:
        return self.title


class Heading(models.Model):
    """One title or name of a holding as it can be typed: in characters, by its sound, by its initials."""

    holding = models.PositiveBigIntegerField(_("馆藏号"), db_index=True)
    kind = models.CharField(_("类别"), max_length=64)
    authority = models.BooleanField(_("规范名称"), default=False)
    text = models.CharField(_("名称"), max_length=255)
    plain = models.CharField(_("检索形"), max_length=255, db_index=True)
    sound = models.CharField(_("拼音"), max_length=1000, db_index=True)
    initials = models.CharField(_("拼音首字母"), max_length=255, blank=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("标目")
        verbose_name_plural = _("标目")

    def __str__(self) -> str:
        return self.text


class Promotion(models.Model):
    """A holding that a librarian puts first for a query, whether or not its words stand in it."""

    words = models.CharField(_("检索词"), max_length=100)
    plain = models.CharField(_("检索形"), max_length=255, db_index=True, editable=False)
    holding = models.PositiveBigIntegerField(_("馆藏号"), db_index=True)
    why = models.CharField(_("理由"), max_length=300, blank=True)
    since = models.DateField(_("日期"), default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("置顶")
        verbose_name_plural = _("置顶")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plain", "holding"], name="promoted_once")]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the form in which queries are compared."""
        self.plain = plain(self.words)
        super().save(*args, **kwargs)


class Unfound(models.Model):
    """Words that readers searched for in vain: how often and in which days, and nothing about who."""

    plain = models.CharField(_("检索形"), max_length=100, unique=True)
    words = models.CharField(_("检索词"), max_length=100)
    times = models.PositiveIntegerField(_("次数"), default=1)
    first = models.DateField(_("最早"), default=timezone.localdate)
    last = models.DateField(_("最近"), default=timezone.localdate, db_index=True)
    settled = models.BooleanField(_("已处理"), default=False)

    class Meta:
        ordering: ClassVar = ["-times", "-last"]
        verbose_name = _("未找到的检索")
        verbose_name_plural = _("未找到的检索")

    def __str__(self) -> str:
        return self.words
