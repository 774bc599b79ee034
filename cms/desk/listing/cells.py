"""What a list shows of each record: columns that every kind has, and those of a kind's own table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Field, Prefetch, TextField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms.catalogue.bilingual import APPROVED, DRAFT, MISSING, STALE
from cms.catalogue.columns import Column
from cms.desk.listing.of_kinds import MARK
from cms.desk.listing.reviews import IN_REVIEW, RETURNED
from cms.models import Holding, Relation
from cms.models.kinds import kind_of

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise

SHOWN_OF_TEXT = 80
"""Characters of a cell."""
SHOWN_OF_TIES = 3
SHORT = frozenset({"text", "isbn", "choice", "yes", "integer", "decimal", "moment"})
"""Forms whose cells can be shown in a line."""


@dataclass(frozen=True)
class Said:
    """A cell: its text, and how it is marked (`good`, `bad`, `quiet`), as a state is."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class ListColumn:
    """A column: what it says of a record, the fields by which it is sorted, and what has to be read along for it."""

    name: str
    label: "StrPromise | str"
    cell: Callable[[Any], Said]
    order: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    fetch: tuple[str | Prefetch[Any], ...] = ()


def line(text: object) -> Said:
    """Return a text as one line, cut where it is long."""
    one = " ".join(str(text or "").split())
    return Said(one if len(one) <= SHOWN_OF_TEXT else one[: SHOWN_OF_TEXT - 1] + "…")


def state(row: Any) -> Said:
    """Return what readers see of a record, and what waits for somebody; `review` was read along."""
    words = [gettext("已发布") if row.live else gettext("没有公开")]
    if row.live and row.has_unpublished_changes:
        words.append(gettext("有没发布的改动"))
    if row.review == IN_REVIEW:
        words.append(gettext("审核中"))
    if row.review == RETURNED:
        words.append(gettext("退回待改"))
    if row.locked:
        words.append(gettext("锁着"))
    mark = "bad" if row.review == RETURNED else "good" if row.live else "quiet"
    return Said(gettext("，").join(words), mark)


def english(row: Holding) -> Said:
    """Return the state of the English that asks for most: missing, outdated, to be approved, approved."""
    states = {one.get("state") for one in (row.translations or {}).values()}
    if not row.title_en:
        return Said(gettext("没有"), "quiet")
    words = {STALE: gettext("待更新"), DRAFT: gettext("草稿"), APPROVED: gettext("已核定")}
    worst = next((one for one in (STALE, DRAFT, APPROVED) if one in states), MISSING)
    return Said(words.get(worst, gettext("没有")), "bad" if worst == STALE else "")


def day(moment: datetime | date | None) -> Said:
    """Return the day of a moment, at home."""
    if moment is None:
        return Said("")
    here = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return Said(date_format(here, "Y-m-d"))


def author(row: Any) -> Said:
    """Return who wrote the last version."""
    user = row.latest_revision.user if row.latest_revision else None
    return Said((user.get_full_name() or user.get_username()) if user else "")


def titles(things: list[str]) -> Said:
    """Return the first of some names, and how many there are beside."""
    more = len(things) - SHOWN_OF_TIES
    words = gettext("、").join(things[:SHOWN_OF_TIES])
    return Said(gettext("%(names)s 等 %(count)d 个") % {"names": words, "count": len(things)} if more > 0 else words)


def marks(row: Holding) -> Said:
    """Return what the page tells readers to beware of."""
    words = [gettext("示例")] if row.sample else []
    return Said(gettext("、").join([*words, *([gettext("待核")] if row.unverified else [])]))


TITLE = ListColumn("title", _("题名"), lambda row: Said(row.title), ("sort_key_chinese",))
COMMON = (
    ListColumn("uid", _("编号"), lambda row: Said(row.uid), ("uid",)),
    ListColumn("kind", _("种类"), lambda row: line(kind_of(row)._meta.verbose_name), ("content_type__model",)),
    ListColumn("title_en", _("英文题名"), lambda row: line(row.title_en), ("sort_key_english",)),
    ListColumn("date", _("时间"), lambda row: line(row.date_text or row.date_edtf), ("date_earliest", "date_latest")),
    ListColumn("english", _("英文"), english),
    ListColumn("state", _("状态"), state, ("live", "has_unpublished_changes")),
    ListColumn("changed", _("改于"), lambda row: day(row.latest_revision_created_at), ("latest_revision_created_at",)),
    ListColumn("who", _("谁最后改的"), author, join=("latest_revision__user",)),
    ListColumn("themes", _("主题"), lambda row: titles([str(one) for one in row.themes.all()]), fetch=("themes",)),
    ListColumn(
        "relations",
        _("关联"),
        lambda row: titles([one.target.title for one in row.relations.all()]),
        fetch=(Prefetch("relations", Relation.objects.select_related("target")),),
    ),
    ListColumn(
        "sources", _("出处"), lambda row: titles([one.text for one in row.citations.all()]), fetch=("citations",)
    ),
    ListColumn("summary", _("提要"), lambda row: line(row.summary)),
    ListColumn("credit", _("图片来源"), lambda row: line(row.credit)),
    ListColumn("rights", _("权利"), lambda row: line(row.get_rights_uri_display())),
    ListColumn("marks", pgettext_lazy("清单", "标记"), marks),
    ListColumn("batch", _("导入批次"), lambda row: line(row.batch), ("batch_id",), join=("batch",)),
)
DEFAULT = ("kind", "date", "english", "state", "changed")


def value_of(field: "Field[Any, Any]", name: str) -> Callable[[Any], Said]:
    """Return what says the value of a kind's own field: as its list of choices calls it, a tick as a word."""
    if field.choices:
        return lambda row: line(getattr(row, f"get_{name}_display")())
    if field.get_internal_type() == "BooleanField":
        return lambda row: Said(gettext("是") if getattr(row, name) else "")
    if field.get_internal_type() == "DateTimeField":
        return lambda row: day(getattr(row, name))
    return lambda row: line("" if getattr(row, name) is None else getattr(row, name))


def own(kind: type[Holding], column: Column) -> ListColumn:
    """Return the column of a kind's own field."""
    field: Any = kind._meta.get_field(column.field)
    order = () if isinstance(field, TextField) else (column.field,)
    return ListColumn(MARK + column.field, field.verbose_name, value_of(field, column.field), order)


def offered(kind: type[Holding] | None) -> dict[str, ListColumn]:
    """Return the columns from which somebody may choose, by name; of one kind those of its table too."""
    mine = (own(kind, column) for column in kind.kind_columns if column.form in SHORT) if kind else ()
    return {one.name: one for one in (*COMMON, *mine)}
