"""The filters that every list has, whatever kinds are in it: state, source, picture, English, date, ties, marks, rights."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.catalogue.filters import Filter, Value
from cms.desk.listing.english import ENGLISH
from cms.desk.listing.reviews import IN_REVIEW, RETURNED, in_state
from cms.importing.sheets import columns_of
from cms.models import Citation, Holding, Relation
from cms.models.kinds import kinds, parts
from cms.models.rights import Rights

NOT_TOUCHED = timedelta(days=365)
A_WEEK = timedelta(days=7)


def yes_or_no(field: str) -> tuple[Value, Value]:
    """Return the two values of a tick."""
    return Value("yes", _("是"), lambda: Q(**{field: True})), Value("no", _("否"), lambda: Q(**{field: False}))


def sourced() -> Q:
    """Return the condition that a record has a source."""
    return Q(Exists(Citation.objects.filter(holding=OuterRef("pk"))))


def related() -> Q:
    """Return the condition that a record is tied to another, from whichever end."""
    return Q(Exists(Relation.objects.filter(holding=OuterRef("pk")))) | Q(
        Exists(Relation.objects.filter(target=OuterRef("pk")))
    )


def edited(within: timedelta) -> Q:
    """Return the condition that the last version is not older."""
    return Q(latest_revision_created_at__gte=timezone.now() - within)


def pictures_of_parts() -> Iterator[tuple[str, type, str]]:
    """Yield each picture that a part of a holding shows: the field, the part, and its field of the holding."""
    for part in parts():
        owner = next((column.field for column in columns_of(part) if column.form == "owner"), None)
        if owner:
            yield from ((column.field, part, owner) for column in columns_of(part) if column.form == "picture")


def undescribed(field: str) -> Q:
    """Return the condition that there is a picture and no words for who cannot see it."""
    return Q(**{f"{field}__isnull": False, f"{field}__alt": ""})


def no_alt() -> Q:
    """Return the condition that a picture of the record's, or of a part of it, has no description."""
    found = undescribed("cover")
    for kind in kinds():
        for column in kind.kind_columns:
            if column.form == "picture":
                found |= Q(pk__in=kind._default_manager.filter(undescribed(column.field)).values("pk"))
    for field, part, owner in pictures_of_parts():
        rows = part._default_manager.filter(undescribed(field))  # type: ignore[attr-defined]  # a Part, as any model, has one
        found |= Q(pk__in=rows.values(owner))
    return found


def limited() -> Q:
    """Return the condition that some use is not allowed."""
    return Q(use_web=False) | Q(use_print=False) | Q(use_offline=False) | Q(use_api=False)


COMMON: tuple[Filter, ...] = (
    Filter(
        "state",
        _("状态"),
        (
            Value("draft", _("没有公开"), lambda: Q(live=False)),
            Value("published", _("已发布"), lambda: Q(live=True)),
            Value("changed", _("有没发布的改动"), lambda: Q(live=True, has_unpublished_changes=True)),
            Value("review", _("审核中"), lambda: in_state(IN_REVIEW)),
            Value("returned", _("退回待改"), lambda: in_state(RETURNED)),
            Value("locked", _("锁着"), lambda: Q(locked=True)),
            Value("expired", _("已到期"), lambda: Q(expired=True)),
        ),
    ),
    Filter(
        "source",
        _("出处"),
        (Value("none", _("没有出处"), lambda: ~sourced()), Value("some", _("有出处"), sourced)),
    ),
    Filter(
        "picture",
        _("图片"),
        (
            Value("none", _("没有图片"), lambda: Q(cover=None)),
            Value("alt", _("图片缺说明"), no_alt),
            Value("alt_en", _("图片缺英文说明"), lambda: Q(cover__isnull=False, cover__alt_en="")),
            Value("credit", _("图片没写来源"), lambda: Q(cover__isnull=False, credit="")),
        ),
    ),
    ENGLISH,
    Filter(
        "date",
        _("时间"),
        (
            Value("unread", _("时间读不出"), lambda: ~Q(date_text="") & Q(date_earliest=None, date_latest=None)),
            Value("none", _("没有时间"), lambda: Q(date_text="", date_edtf="")),
            Value("unsure", _("时间存疑或约略"), lambda: ~Q(date_certainty=Holding.Certainty.CERTAIN)),
        ),
    ),
    Filter(
        "relation",
        _("关联"),
        (Value("none", _("没有关联"), lambda: ~related()), Value("some", _("有关联"), related)),
    ),
    Filter("unverified", _("待核"), yes_or_no("unverified")),
    Filter("sample", pgettext_lazy("清单", "示例"), yes_or_no("sample")),
    Filter(
        "rights",
        _("权利"),
        (
            Value("unstated", _("没有说明"), lambda: Q(rights_uri="")),
            Value("unknown", _("依据不明"), lambda: Q(rights_basis=Rights.Basis.UNKNOWN)),
            Value("limited", _("有的用途不允许"), limited),
        ),
    ),
    Filter(
        "edited",
        pgettext_lazy("清单", "改动"),
        (
            Value("week", _("七天内改过"), lambda: edited(A_WEEK)),
            Value("old", _("一年没动过"), lambda: ~edited(NOT_TOUCHED)),
        ),
    ),
)
"""In the order in which the page offers them."""
